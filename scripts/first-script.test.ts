import { expect, test } from 'vitest';
import { partsOf } from './first-script.ts';

const chunk = (fileName: string, facade: string | null, imports: string[], isEntry = false) => ({
  type: 'chunk',
  fileName,
  facadeModuleId: facade && `/src/renderer/${facade}`,
  imports,
  isEntry,
});

test('tells for each view what is read beside the start and the shell', () => {
  const chunks = [
    chunk('index.js', 'main.tsx', ['react.js'], true),
    chunk('react.js', null, []),
    chunk('dashboard.js', 'app/dashboard.tsx', ['shell.js', 'react.js']),
    chunk('shell.js', null, ['react.js']),
    chunk('board.js', 'features/board/board-view.tsx', ['shell.js', 'badge.js']),
    chunk('badge.js', null, ['react.js']),
    chunk('briefing.js', 'features/briefing/briefing-view.tsx', ['shell.js']),
    chunk('dialog.js', 'features/board/view-dialog.tsx', ['badge.js']),
  ];
  const bundle = Object.fromEntries(chunks.map((each) => [each.fileName, each]));
  expect(partsOf(bundle as unknown as Parameters<typeof partsOf>[0])).toEqual({
    shell: ['./dashboard.js', './shell.js'],
    board: ['./board.js', './badge.js'],
    briefings: ['./briefing.js'],
  });
});
