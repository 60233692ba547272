import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose tests play whole lives of hosts, agents and repositories, longest first. */
const LONG = ['test/recovery/', 'test/', 'main/workspace/', 'main/agents/', 'main/headless/'];

/** Puts long files first, so that no run of all tests ends with one of them alone on a machine that waits for it. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(process.cwd(), moduleId).replaceAll('\\', '/');
      const found = LONG.findIndex((folder) => path.startsWith(folder));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
