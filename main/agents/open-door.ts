import type { AskHost } from '../domain/agent/tools.ts';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';

/** Makes what a program of Homer's own, beside an agent at work, asks the host by. */
export type OpenDoor = (at: { socket: string; token: string; clock: Clock; scope: Scope }) => AskHost;
