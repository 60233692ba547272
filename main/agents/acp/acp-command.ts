import { driverCommand, type SpokenTurn } from '../driver/driver-command.ts';
import type { CommandPlace, ExecutorCommand } from '../executor.ts';
import type { Launch } from '../node-program.ts';

/** The command of a turn over the Agent Client Protocol, made of the one without. */
export function acpCommand(
  driver: Launch,
  plain: ExecutorCommand,
  at: CommandPlace,
  of: Omit<SpokenTurn, 'protocol' | 'wish'>,
): ExecutorCommand {
  return driverCommand(driver, plain, at, { protocol: 'acp', ...of });
}
