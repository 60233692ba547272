import { gateRuleOutcome, riskProfile } from '../../../domain/risk/gate.ts';
import type { OutputOf } from '../../../../preload/contract/operations.ts';
import { ask } from '../ask.ts';
import { arg, given, number, oneOf, text, wholeNumber, type CommandSpec } from '../command.ts';
import type { Answer, CommandContext } from '../io.ts';
import { projectRef, runRef } from '../refs.ts';
import { table } from '../table.ts';
import { schemaOf } from '../../../domain/list-schema.ts';

function gateAnswer(context: CommandContext, verdict: OutputOf<'gate.preview'>): Answer {
  const held = verdict.rules.filter(({ outcome }) => outcome === 'held');
  const head =
    held.length === 0
      ? `It starts by itself (${riskProfile.labels[verdict.profile]}).`
      : `It waits for you as a draft (${riskProfile.labels[verdict.profile]}).`;
  const view = table(
    [
      { title: 'RULE', cell: ({ rule }) => rule },
      { title: 'SAYS', cell: ({ outcome }) => gateRuleOutcome.labels[outcome] },
      {
        title: 'WHY',
        cell: ({ reason, matched }) => (matched === null ? reason : `${reason} “${matched}”`),
        flexible: true,
      },
      { title: 'TO CHANGE IT', cell: ({ fix }) => fix ?? '', flexible: true },
    ],
    verdict.rules,
    context.width,
    context.paint,
  );
  return { json: verdict, text: `${head}\n\n${view}` };
}

export const projectRiskCommands: readonly CommandSpec[] = [
  {
    usage: 'gate <project>',
    summary: 'What the risk gate would say of some work, rule by rule; nothing is started',
    examples: [
      'homer project gate parser --query "Deploy the docs"',
      'homer project gate parser --query "Tidy up" --max-steps 20 --json',
    ],
    options: [
      { flags: '--query <text>', description: 'what the agent would be asked to do', mandatory: true },
      { flags: '--command <command>', description: 'what the shell executor would run' },
      { flags: '--max-steps <n>', description: '1 to 200', parse: wholeNumber(1) },
      { flags: '--max-minutes <n>', description: '1 to 10080', parse: wholeNumber(1) },
      {
        flags: '--risk <profile>',
        description: `under another profile: ${riskProfile.values.join(', ')}`,
        parse: oneOf(riskProfile.values),
      },
    ],
    perform: async (context, args, options) =>
      gateAnswer(
        context,
        await ask(context, 'gate.preview', {
          projectId: (await projectRef(context, arg(args, 0))).id,
          query: text(options, 'query') ?? '',
          ...given({
            shellCommand: text(options, 'command'),
            maxSteps: number(options, 'maxSteps'),
            maxMinutes: number(options, 'maxMinutes'),
            profile: schemaOf(riskProfile).optional().parse(text(options, 'risk')),
          }),
        }),
      ),
  },
  {
    usage: 'policy <project> <path...>',
    summary: 'Which paths a run may change, and by which rule; exit code 1 when one is denied',
    examples: [
      'homer project policy parser src/a.ts .env',
      'homer project policy parser docs/x.md --deny "docs/**" --json',
    ],
    options: [
      { flags: '--allow <globs>', description: 'globs to try instead, parted by spaces' },
      { flags: '--deny <globs>', description: 'globs to try instead, parted by spaces' },
    ],
    perform: async (context, args, options) => {
      const [ref = '', ...paths] = args;
      const globs = (name: string): string[] | undefined =>
        text(options, name)
          ?.split(/\s+/u)
          .filter((glob) => glob !== '');
      const seen = await ask(context, 'policy.preview', {
        projectId: (await projectRef(context, ref)).id,
        paths,
        ...given({ allow: globs('allow'), deny: globs('deny') }),
      });
      const view = table(
        [
          { title: 'PATH', cell: ({ path }) => path, flexible: true },
          { title: 'MAY CHANGE', cell: ({ allowed }) => (allowed ? 'yes' : 'no') },
          { title: 'RULE', cell: ({ rule }) => rule, flexible: true },
        ],
        seen.paths,
        context.width,
        context.paint,
      );
      return { json: seen, text: view, exit: seen.paths.every(({ allowed }) => allowed) ? 0 : 1 };
    },
  },
];

export const runRiskCommands: readonly CommandSpec[] = [
  {
    usage: 'why <run>',
    summary: 'Why a run is a draft: each rule of the risk gate, the words it met, and what to change',
    examples: ['homer run why 7'],
    perform: async (context, args) =>
      gateAnswer(context, await ask(context, 'gate.explain', { id: await runRef(context, arg(args, 0)) })),
  },
];
