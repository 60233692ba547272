import { fail, ok, type Result } from '../../shared/result.ts';
import { findNode, type Launch } from '../node-program.ts';

/** The least Node that runs Homer's own programs. */
const LEAST_NODE = '22.14.0';

/** How the loop is started: by the Node that Homer runs on; where that is Electron, which runs no scripts in packages, by the owner's. */
export function loopLaunch(
  script: string | null,
  env: Readonly<Record<string, string | undefined>>,
): Result<Launch> {
  const inElectron = 'electron' in process.versions;
  const node = inElectron ? findNode(LEAST_NODE, env) : process.execPath;
  if (node === undefined || script === null)
    return fail('node_missing', `The local agent needs Node ${LEAST_NODE} or newer on this machine.`, {
      hint: 'Install Node, or set HOMER_NODE_PATH to it.',
    });
  return ok({ program: node, args: [script] });
}
