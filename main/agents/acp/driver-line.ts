import type { JsonObject } from '../../domain/primitives.ts';
import type { FrameLine } from '../driver/turn-driver.ts';
import type { Used } from '../turn-account.ts';

/**
 * What the driver prints of its own, one JSON object a line, between the messages of the program, which it prints as they came. Its reader is
 * `acp-parser.ts`.
 */
export type DriverLine =
  | FrameLine
  | { readonly homer: 'session'; readonly id: string; readonly model: string | null }
  /** What the program was told besides the prompt. */
  | { readonly homer: 'told'; readonly text: string }
  /** The answer to a prompt. */
  | { readonly homer: 'answered'; readonly result: JsonObject }
  /** What the whole turn used, in place of what its answers told. */
  | { readonly homer: 'used'; readonly of: Required<Used> }
  | {
      readonly homer: 'failed';
      /** `resume`: the session to go on with was not opened. */
      readonly at: 'session' | 'resume' | 'prompt';
      readonly code: number;
      readonly message: string;
    };

export type Say = (line: DriverLine) => void;
