// Who may import whom: an allow-list. What is not listed is an error, and so is a file without a room.
// `levels` is the order of the architecture; a room sees what its row names, rooms of one level do not see each other.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const MAIN = {
  shared: [],
  domain: ['shared'],
  agents: ['domain', 'shared'],
  workspace: ['domain', 'shared'],
  store: ['domain', 'shared'],
  secrets: ['domain', 'shared'],
  approvals: ['agents', 'workspace', 'store', 'domain', 'shared'],
  discovery: ['agents', 'workspace', 'store', 'domain', 'shared'],
  runtime: ['agents', 'workspace', 'store', 'domain', 'shared'],
  bridge: ['agents', 'workspace', 'store', 'domain', 'shared'],
  api: ['approvals', 'discovery', 'runtime', 'bridge', 'agents', 'workspace', 'store', 'domain', 'shared'],
  // A host shows values of the domain: the words and types of the contract are declared there.
  desktop: ['api', 'domain', 'shared'],
  headless: ['api', 'domain', 'shared'],
};
const ROOMS = Object.keys(MAIN);
/** Rooms that speak the contract: they implement it or carry it. */
const SPEAKS_CONTRACT = ['api', 'desktop', 'headless'];
const LEVELS = [
  ['shared'],
  ['domain'],
  ['agents', 'workspace', 'store', 'secrets'],
  ['approvals', 'discovery', 'runtime', 'bridge'],
  ['api'],
  ['desktop', 'headless'],
  ['boot'],
];
/** npm packages of a room, besides those that `PURE` gives to all rooms from the domain up. */
const PURE = ['zod', 'croner', 'picomatch'];
const PACKAGES = {
  shared: [],
  agents: [...PURE, 'execa', '@ai-sdk/openai-compatible', '@ai-sdk/provider'],
  workspace: [...PURE, 'execa'],
  store: [...PURE, 'better-sqlite3'],
  secrets: [...PURE, 'dbus-next'],
  approvals: [...PURE, 'dbus-next'],
  runtime: [...PURE, 'cronstrue', 'fflate'],
  desktop: [...PURE, 'electron', 'electron-updater'],
  headless: [...PURE, 'hono', '@hono/node-server', 'commander', 'prom-client', '@modelcontextprotocol/sdk'],
};
/** Not for the renderer: they need Node, Electron or a terminal. */
const NODE_ONLY = [
  'electron',
  'electron-updater',
  'better-sqlite3',
  'execa',
  '@hono/node-server',
  'hono',
  'commander',
  'dbus-next',
  'prom-client',
  '@modelcontextprotocol/sdk',
  '@ai-sdk/openai-compatible',
  '@ai-sdk/provider',
  'node',
];

const TEST = String.raw`\.test\.tsx?$`;
/** Parts of a room that only its tests use. */
const TEST_ROOM = String.raw`^main/.+/testing/|^main/workspace/test-repository\.ts$`;
const CONTRACT = '^preload/contract/';
const ROOT_TOOLS = String.raw`^[^/]+\.config\.(ts|js|mjs|cjs)$|^renderer/vite\.config\.ts$|^\.dependency-cruiser\.cjs$`;
/** Entries: what starts on its own, so nothing needs to import it. */
const ENTRIES = [
  'main/main.ts',
  'main/homer.ts',
  'main/agent-loop.ts',
  'main/agent-turn.ts',
  'preload/bridge.ts',
  'renderer/main.tsx',
  'renderer/app/main.tsx',
  // The page loads it before any module.
  'renderer/public/first.js',
];
const STARTS_ITSELF = [
  `^(${ENTRIES.join('|').replaceAll('.', String.raw`\.`)})$`,
  TEST,
  '^(test|scripts|resources)/',
  ROOT_TOOLS,
  String.raw`\.d\.ts$`,
  // Started by tools and tests by path: the catalogue of controls, tool configuration of a room, hosts that tests spawn.
  String.raw`^renderer/(catalogue\.tsx|vite\.config\.ts)$`,
  TEST_ROOM,
];

const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const main = (rooms) => `^main/(${rooms.join('|')})/`;
const npm = (names) => names.map((name) => String.raw`(^|/)node_modules/(@types/)?${escape(name)}/`);
const npmPath = '(^|/)node_modules/';
const core = { dependencyTypes: ['core'] };
const allow = (comment, from, ...tos) => tos.map((to) => ({ comment, from, to }));

const allowed = [
  ...ROOMS.flatMap((room) =>
    allow(
      `main/${room}`,
      { path: `^main/${room}/`, pathNot: TEST },
      { path: main([room, ...MAIN[room]]), pathNot: TEST },
      ...(SPEAKS_CONTRACT.includes(room) ? [{ path: CONTRACT, pathNot: TEST }] : []),
      ...((PACKAGES[room] ?? PURE).length > 0 ? [{ path: npm(PACKAGES[room] ?? PURE) }] : []),
      // The domain and what it stands on are read by the renderer too, through the contract: no Node there.
      ...(room === 'domain' ? [] : [core]),
    ),
  ),
  ...allow('main/store reads the migrations', { path: '^main/store/' }, { path: '^migrations/' }),
  ...allow(
    'main/boot sees all of main',
    { path: '^main/boot/', pathNot: TEST },
    { path: '^main/[^/]+/', pathNot: TEST },
    { path: CONTRACT, pathNot: TEST },
    { path: npm(PURE) },
    core,
  ),
  ...allow(
    'main/homer.ts, main/agent-loop.ts and main/agent-turn.ts only boot',
    { path: String.raw`^main/(homer|agent-loop|agent-turn)\.ts$` },
    { path: '^main/boot/', pathNot: TEST },
    core,
  ),
  ...allow(
    'main/main.ts only boots',
    { path: String.raw`^main/main\.ts$` },
    { path: '^main/boot/', pathNot: TEST },
    { path: npm(['electron']) },
    core,
  ),

  ...allow(
    'preload/contract',
    { path: CONTRACT, pathNot: TEST },
    { path: CONTRACT, pathNot: TEST },
    { path: '^main/domain/', pathNot: TEST },
    { path: npm(['zod']) },
  ),
  ...allow(
    'preload/bridge.ts',
    { path: String.raw`^preload/bridge\.ts$` },
    { path: CONTRACT, pathNot: TEST },
    { path: npm(['electron']) },
  ),

  ...allow(
    'renderer',
    { path: '^renderer/', pathNot: TEST },
    { path: '^renderer/', pathNot: TEST },
    { path: CONTRACT, pathNot: TEST },
    { path: '^resources/' },
    { path: npmPath, pathNot: npm(NODE_ONLY) },
  ),

  // A test beside its source sees its own level and what lies below, what test/ lends it, and any package.
  ...LEVELS.flatMap((level, index) =>
    allow(
      `tests of ${level.join(', ')}`,
      { path: `${main(level)}.*${TEST}` },
      { path: main(LEVELS.slice(0, index + 1).flat()) },
      ...(index >= LEVELS.findIndex((rooms) => rooms.includes('api')) ? [{ path: CONTRACT }] : []),
      { path: '^(test|migrations|resources)/' },
      { path: npmPath },
      core,
    ),
  ),
  ...allow(
    'tests of the contract',
    { path: `${CONTRACT}.*${TEST}` },
    { path: '^(preload/contract|main/domain|main/shared|test)/' },
    { path: npmPath },
    core,
  ),
  ...allow(
    'tests of the bridge',
    { path: `^preload/bridge${TEST}` },
    { path: '^(preload|test)/' },
    { path: npmPath },
    core,
  ),
  ...allow(
    'tests of the renderer',
    { path: `^renderer/.*${TEST}` },
    { path: '^(renderer|preload/contract|test|resources)/' },
    { path: npmPath },
    core,
  ),

  ...allow(
    'test/ crosses rooms',
    { path: '^test/' },
    { path: '^(main|preload|renderer|test|scripts|migrations|resources)/' },
    { path: npmPath },
    core,
  ),
  ...allow(
    'scripts/ builds and checks',
    { path: '^scripts/' },
    { path: '^(main|preload|test|scripts|migrations|resources)/' },
    { path: ROOT_TOOLS },
    { path: npmPath },
    core,
  ),
  ...allow('tool configuration', { path: ROOT_TOOLS }, { path: '^scripts/' }, { path: npmPath }, core),
  ...allow(
    'tool configuration of the renderer',
    { path: String.raw`^renderer/vite\.config\.ts$` },
    { path: '^scripts/' },
  ),
  ...allow('launchers', { path: '^resources/' }, { path: '^(resources|out)/' }, core),
];

const inRoom = [
  String.raw`^main/(main|homer|agent-loop|agent-turn)\.ts$`,
  `^main/(${[...ROOMS, 'boot'].join('|')})/`,
  String.raw`^preload/(contract/|bridge\.(test\.)?ts$)`,
  String.raw`^renderer/((app|catalogue|features|client|ui)/|[^/]+\.(tsx?|css|html)$)`,
  '^(test|scripts|resources|migrations)/',
  ROOT_TOOLS,
];
const notOurs = [npmPath, '^out/'];
const stands = (path) => existsSync(join(__dirname, path));
const everyEntryStands = ENTRIES.slice(0, 4).every(stands) && ENTRIES.slice(4).some(stands);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  allowed,
  allowedSeverity: 'error',
  forbidden: [
    { name: 'no-cycle', comment: 'Types count too.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'file-without-room', severity: 'error', from: { pathNot: inRoom }, to: { path: '.' } },
    {
      name: 'import-without-room',
      severity: 'error',
      from: {},
      to: { pathNot: [...inRoom, ...notOurs], dependencyTypesNot: ['core'], couldNotResolve: false },
    },
    {
      name: 'unresolved',
      severity: 'error',
      from: { pathNot: '^resources/' },
      to: { couldNotResolve: true },
    },
    { name: 'orphan', severity: 'error', from: { orphan: true, pathNot: STARTS_ITSELF }, to: {} },
    {
      name: 'electron-outside-desktop',
      severity: 'error',
      // The recorder is loaded into a real Electron by the desktop tests.
      from: {
        pathNot: String.raw`^main/desktop/|^main/main\.ts$|^preload/bridge\.ts$|^test/fakes/desktop/record\.cjs$`,
      },
      to: { path: npm(['electron']) },
    },
    {
      name: 'undeclared-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'dev-package-at-runtime',
      comment: 'Electron and types are there at run time without being listed as dependencies.',
      severity: 'error',
      from: { path: '^main/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: npm(['electron']) },
    },
    // Once every entry stands, code that none of them reaches is dead.
    ...(everyEntryStands
      ? [
          {
            name: 'unreachable',
            severity: 'error',
            from: { path: STARTS_ITSELF },
            to: {
              path: '^(main|preload|renderer)/',
              pathNot: STARTS_ITSELF,
              reachable: false,
            },
          },
        ]
      : []),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^out/'] },
    exclude: { path: ['^(artifacts|coverage|test-results|playwright-report)/', '^test/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
