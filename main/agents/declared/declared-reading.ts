import type { JsonObject } from '../../domain/primitives.ts';
import type { TurnUsage } from '../runner.ts';
import type { AgentForm, FormFailureClass, FormRule } from './agent-form.ts';
import { createLookup, createTest, type Lookup, type Test } from './line-path.ts';

type Json = JsonObject[string];

/** A form made ready for reading: every path taken apart and every pattern compiled, once for all turns. */
export interface DeclaredReading {
  readonly rules: readonly CompiledRule[];
  readonly session: readonly Lookup[];
  readonly model: readonly Lookup[];
  readonly call: CompiledFigures | undefined;
  readonly total: (CompiledFigures & { readonly of: 'run' | 'session' }) | undefined;
  readonly result: {
    readonly when: Test;
    readonly success: Test;
    readonly text: Lookup;
    readonly error: Lookup;
    readonly failedText: RegExp | undefined;
  };
  readonly errors: readonly { readonly match: RegExp; readonly class: FormFailureClass }[];
  readonly exitCodes: Readonly<Record<string, FormFailureClass>>;
  readonly stderrRetry: RegExp | undefined;
  readonly giveUp: AgentForm['giveUp'];
}

export interface CompiledRule {
  readonly when: Test;
  readonly each: Lookup | undefined;
  readonly is: Test | undefined;
  readonly emit: FormRule['emit'];
  readonly pieces: boolean;
  readonly text: Lookup;
  readonly id: Lookup;
  readonly tool: Lookup;
  readonly input: Lookup;
  readonly afterMs: Lookup;
  readonly ok: Test | undefined;
}

export interface CompiledFigures {
  readonly when: Test;
  read(line: Json): Figures;
}
export type Figures = Omit<TurnUsage, 'tokensCacheWrite'>;

const nowhere: Lookup = () => undefined;
const lookupOf = (path: string | undefined): Lookup => (path === undefined ? nowhere : createLookup(path));
const patternOf = (text: string | undefined): RegExp | undefined =>
  text === undefined ? undefined : new RegExp(text, 'u');

export function compileForm(form: AgentForm): DeclaredReading {
  const { usage, result } = form;
  return {
    rules: form.events.map((rule) => ({
      when: createTest(rule.when),
      each: rule.each === undefined ? undefined : createLookup(rule.each),
      is: rule.is && createTest(rule.is),
      emit: rule.emit,
      pieces: rule.pieces,
      text: lookupOf(rule.text),
      id: lookupOf(rule.id),
      tool: lookupOf(rule.tool),
      input: lookupOf(rule.input),
      afterMs: lookupOf(rule.afterMs),
      ok: rule.ok && createTest(rule.ok),
    })),
    session: form.session.map(createLookup),
    model: form.model.map(createLookup),
    call: usage.call && { when: createTest(usage.call.when), read: figuresOf(usage.call) },
    total: usage.total && {
      when: createTest(usage.total.when),
      read: figuresOf(usage.total),
      of: usage.total.of,
    },
    result: {
      when: createTest(result.when),
      success: createTest(result.success),
      text: lookupOf(result.text),
      error: lookupOf(result.error),
      failedText: patternOf(result.failedText),
    },
    errors: form.errors.map((one) => ({ match: new RegExp(one.match, 'u'), class: one.class })),
    exitCodes: form.exitCodes,
    stderrRetry: patternOf(form.stderrRetry),
    giveUp: form.giveUp,
  };
}

type FigurePaths = NonNullable<AgentForm['usage']['call']>;

function figuresOf(paths: FigurePaths): (line: Json) => Figures {
  const [tokensIn, cached, out, reasoning] = [
    lookupOf(paths.tokensIn),
    lookupOf(paths.tokensCached),
    lookupOf(paths.tokensOut),
    lookupOf(paths.tokensReasoning),
  ];
  const cost = lookupOf(paths.cost);
  return (line) => {
    const tokensCached = countOf(cached(line));
    const tokensReasoning = countOf(reasoning(line));
    const all = countOf(tokensIn(line));
    const dollars = cost(line);
    return {
      tokensIn: paths.cachedApart ? all : Math.max(0, all - tokensCached),
      tokensCached,
      tokensOut: countOf(out(line)) + tokensReasoning,
      tokensReasoning,
      costMicroUsd: typeof dollars === 'number' ? countOf(dollars * 1e6) : null,
    };
  };
}

function countOf(value: Json | undefined): number {
  return typeof value === 'number' && value > 0 ? Math.min(Math.round(value), 2 ** 43) : 0;
}
