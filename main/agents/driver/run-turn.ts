import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { createSystemClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import type { OpenDoor } from '../open-door.ts';
import type { CreateDriver, FrameLine } from './turn-driver.ts';
import { readTurnFile, TOKEN_VARIABLE, type Protocol, type TurnFile } from './turn-file.ts';

/** After its input was closed a program puts its session away; then it is told to end. */
const CLOSE_MS = 5_000;
/** From a stop until this process ends with or without the program: within the time the runner gives. */
const STOP_MS = 900;
/** A line that is longer is no message; it is shown by its pieces. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * The program between a runner and an agent program that is spoken to in JSON-RPC: a child like every other, told its turn by a file and
 * the prompt on standard input. It starts the agent's program, speaks with it over pipes by the driver of its
 * protocol, and prints what it hears, so that all of the turn
 * stands in its spool; where the program does not speak the protocol, the turn is taken without.
 *
 * A host that dies takes nothing with it: this process lives, asks the next host for what it waits for, and is adopted.
 */
export async function runTurn(
  turnFile: string,
  of: { version: string; openDoor: OpenDoor; drivers: Readonly<Record<Protocol, CreateDriver>> },
): Promise<number> {
  const turn = readTurnFile(turnFile);
  const prompt = readFileSync(process.stdin.fd, 'utf8');
  const token = process.env[TOKEN_VARIABLE] ?? '';
  const clock = createSystemClock();
  const scope = createScope('agent turn');
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const say = (line: FrameLine): void => print(JSON.stringify(line));
  say({ homer: turn.protocol, version: 1 });

  const agent = spawn(turn.program, turn.args, { cwd: turn.worktree, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = exitOf(agent);
  // A program that is gone does not read; its exit tells.
  agent.stdin.on('error', () => undefined);
  const driver = of.drivers[turn.protocol]({
    turn,
    version: of.version,
    send: (line) => void agent.stdin.write(line),
    print,
    ask: of.openDoor({ socket: turn.socket, token, clock, scope }),
    token,
    clock,
    scope,
  });
  const stop = (): void => {
    driver.cancel();
    clock.after(scope, STOP_MS, () => process.exit(143));
    void exited.then(() => process.exit(143));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  readLines(agent, driver.receive);
  void exited.then((why) => driver.gone(why));

  const outcome = await driver.take(prompt);
  agent.stdin.end();
  const unspoken = typeof outcome === 'object' ? outcome.unspoken : undefined;
  if (unspoken !== undefined) agent.kill('SIGTERM');
  await Promise.race([exited, clock.sleep(scope, CLOSE_MS)]);
  if (agent.exitCode === null && agent.signalCode === null) agent.kill('SIGTERM');
  if (unspoken === undefined) {
    await driver.ended?.();
    await scope.close();
    return outcome === 'done' ? 0 : 1;
  }
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  say({ homer: 'plain', why: unspoken });
  return runPlain(turn, prompt);
}

/** The program as it is without a person: it prints to where this process prints, and ends as it ends. */
async function runPlain(turn: TurnFile, prompt: string): Promise<number> {
  const { args, env, stdin } = turn.plain;
  const agent = spawn(turn.program, args, {
    cwd: turn.worktree,
    env: { ...process.env, ...env },
    stdio: [stdin === 'prompt' ? 'pipe' : 'ignore', 'inherit', 'inherit'],
  });
  agent.stdin?.on('error', () => undefined);
  agent.stdin?.end(prompt);
  // Told to end by the group's own signal; only its exit is waited for.
  process.on('SIGTERM', () => undefined);
  process.on('SIGINT', () => undefined);
  await exitOf(agent);
  const { exitCode, signalCode } = agent;
  return exitCode ?? 128 + (signalCode === null ? 0 : constants.signals[signalCode]);
}

/** Resolves with a sentence once the process has ended and all it printed was read. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`the program could not be started: ${error.message}`));
    child.once('close', (code, signal) =>
      resolve(
        signal === null
          ? `the program ended with exit code ${String(code)}`
          : `the program was ended by ${signal}`,
      ),
    );
  });
}

function readLines(child: ChildProcess, take: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  child.stdout?.on('data', (part: Buffer) => {
    rest += decoder.write(part);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (line.trim() !== '') take(line);
    }
    if (rest.length <= LONGEST_LINE) return;
    take(rest);
    rest = '';
  });
}
