import { resolve } from 'node:path';
import { evidencePart, evidenceState } from '../../../domain/run/evidence.ts';
import { plainText } from '../../plain-text.ts';
import { ask } from '../ask.ts';
import { arg, text, type CommandSpec } from '../command.ts';
import { runRef } from '../refs.ts';
import { table } from '../table.ts';

export const runEvidenceCommands: readonly CommandSpec[] = [
  {
    usage: 'evidence <run>',
    summary: 'What Homer itself saw of a run, part by part; --out writes all of it as one archive',
    examples: ['homer run evidence 7', 'homer run evidence 7 --out run-7.zip'],
    options: [
      { flags: '--out <file>', description: 'a new zip file with every part, a manifest and digests' },
    ],
    perform: async (context, args, options) => {
      const id = await runRef(context, arg(args, 0));
      const out = text(options, 'out');
      if (out !== undefined) {
        const exported = await ask(context, 'run.exportEvidence', { id, path: resolve(out) });
        const missing = exported.pieces.filter(({ state }) => state === 'missing').map(({ what }) => what);
        const notes = [...missing, ...exported.leftOut]
          .map((note) => `\nNot in it: ${plainText(note)}`)
          .join('');
        return {
          json: exported,
          text: `Wrote ${String(exported.files.length)} files to ${plainText(exported.path)} (${String(exported.bytes)} bytes).${notes}`,
        };
      }
      const summary = await ask(context, 'run.evidence', { id });
      const view = table(
        [
          { title: 'PART', cell: ({ part }) => evidencePart.labels[part] },
          { title: 'STATE', cell: ({ state }) => evidenceState.labels[state] },
          { title: 'WHAT', cell: ({ what }) => what, flexible: true },
        ],
        summary.pieces,
        context.width,
        context.paint,
      );
      return { json: summary, text: view };
    },
  },
];
