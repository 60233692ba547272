/** The committed files a guess needs: names in the top folder, and the text of one of them. */
export interface ProjectFiles {
  readonly names: ReadonlySet<string>;
  read(name: string): Promise<string>;
}

export interface DetectedCommands {
  readonly testCommand: string;
  readonly setupCommand: string;
}

type Detector = (files: ProjectFiles) => Promise<DetectedCommands | null>;

function parsePackage(text: string): {
  scripts?: Record<string, unknown>;
  dependencies?: object;
  devDependencies?: object;
} {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {}; // A package.json that cannot be read tells nothing; the owner can type the commands.
  }
}

const node: Detector = async (files) => {
  if (!files.names.has('package.json')) return null;
  const { scripts, dependencies, devDependencies } = parsePackage(await files.read('package.json'));
  const script = scripts?.['test'];
  const hasTest = typeof script === 'string' && script.trim() !== '' && !script.includes('no test specified');
  const needsPackages = Object.keys({ ...dependencies, ...devDependencies }).length > 0;
  const has = (...names: string[]): boolean => names.some((name) => files.names.has(name));
  if (has('pnpm-lock.yaml')) {
    return { testCommand: hasTest ? 'pnpm test' : '', setupCommand: 'pnpm install --frozen-lockfile' };
  }
  if (has('yarn.lock')) {
    const flag = has('.yarnrc.yml') ? '--immutable' : '--frozen-lockfile';
    return { testCommand: hasTest ? 'yarn test' : '', setupCommand: `yarn install ${flag}` };
  }
  if (has('bun.lock', 'bun.lockb')) {
    return { testCommand: hasTest ? 'bun run test' : '', setupCommand: 'bun install --frozen-lockfile' };
  }
  const locked = has('package-lock.json', 'npm-shrinkwrap.json');
  return {
    testCommand: hasTest ? 'npm test' : '',
    setupCommand: locked ? 'npm ci' : needsPackages ? 'npm install' : '',
  };
};

const cargo: Detector = (files) =>
  Promise.resolve(files.names.has('Cargo.toml') ? { testCommand: 'cargo test', setupCommand: '' } : null);

const go: Detector = (files) =>
  Promise.resolve(files.names.has('go.mod') ? { testCommand: 'go test ./...', setupCommand: '' } : null);

const python: Detector = async (files) => {
  const has = (name: string): boolean => files.names.has(name);
  const project = has('pyproject.toml') ? await files.read('pyproject.toml') : '';
  const setup = has('setup.cfg') ? await files.read('setup.cfg') : '';
  const usesPytest =
    has('pytest.ini') || has('conftest.py') || /pytest/u.test(project) || /\[tool:pytest\]/u.test(setup);
  if (!usesPytest) return null;
  if (has('uv.lock')) return { testCommand: 'uv run pytest', setupCommand: 'uv sync' };
  if (has('poetry.lock')) return { testCommand: 'poetry run pytest', setupCommand: 'poetry install' };
  return { testCommand: 'python3 -m pytest', setupCommand: '' };
};

const jvm: Detector = ({ names }) => {
  const found = (testCommand: string): Promise<DetectedCommands> =>
    Promise.resolve({ testCommand, setupCommand: '' });
  if (names.has('gradlew')) return found('./gradlew test');
  if (names.has('build.gradle') || names.has('build.gradle.kts')) return found('gradle test');
  if (names.has('mvnw')) return found('./mvnw --quiet test');
  if (names.has('pom.xml')) return found('mvn --quiet test');
  return Promise.resolve(null);
};

const make: Detector = async (files) => {
  const name = ['GNUmakefile', 'makefile', 'Makefile'].find((candidate) => files.names.has(candidate));
  if (name === undefined || !/^test\s*:(?!=)/mu.test(await files.read(name))) return null;
  return { testCommand: 'make test', setupCommand: '' };
};

/** The commands that test and prepare a project; empty where nothing was recognised. The first kind with a test command wins. */
export async function detectCommands(files: ProjectFiles): Promise<DetectedCommands> {
  let first: DetectedCommands | null = null;
  for (const detect of [node, cargo, go, python, jvm, make]) {
    const found = await detect(files);
    if (found?.testCommand)
      return { ...found, setupCommand: found.setupCommand || (first?.setupCommand ?? '') };
    first ??= found;
  }
  return first ?? { testCommand: '', setupCommand: '' };
}
