import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Attack } from './attack.ts';
import { act, link, put } from './make-attack.ts';

/** What is changed while the verdict is being reached. */
export const raceAttacks: readonly Attack[] = [
  {
    group: 'swap between verdict and checkpoint',
    name: 'a judged file for a link outside',
    does: act(({ root }) => {
      put(root, 'new.txt');
    }),
    meanwhile: ({ root, outside }) => {
      fs.rmSync(join(root, 'new.txt'));
      link(root, 'new.txt', join(outside, 'file'));
    },
    outcome: { stopped: /changed_meanwhile/u },
  },
  {
    group: 'swap between verdict and checkpoint',
    name: 'a judged link for one that leads outside',
    does: act(({ root }) => {
      link(root, 'link', 'README.md');
    }),
    meanwhile: ({ root, outside }) => {
      fs.rmSync(join(root, 'link'));
      link(root, 'link', join(outside, 'file'));
    },
    outcome: { stopped: /changed_meanwhile/u },
  },
  {
    group: 'swap between verdict and checkpoint',
    name: 'the folder of a judged file for a link outside',
    does: act(({ root }) => {
      put(root, 'folder/file');
    }),
    meanwhile: ({ root, outside }) => {
      fs.rmSync(join(root, 'folder'), { recursive: true });
      link(root, 'folder', outside);
    },
    outcome: { stopped: /git_failed|changed_meanwhile/u },
  },
  {
    group: 'swap between verdict and checkpoint',
    name: 'a judged file for a repository',
    does: act(({ root }) => {
      put(root, 'module');
    }),
    meanwhile: ({ root, git }) => {
      fs.rmSync(join(root, 'module'));
      git(['init', '-q', join(root, 'module')]);
      git(['-C', join(root, 'module'), 'commit', '-q', '--allow-empty', '-m', 'x']);
    },
    outcome: { stopped: /git_failed|changed_meanwhile/u },
  },
  {
    group: 'swap between verdict and checkpoint',
    name: 'a judged deletion taken back as a link outside',
    does: act(({ root }) => {
      fs.rmSync(join(root, 'README.md'));
    }),
    meanwhile: ({ root, outside }) => {
      link(root, 'README.md', join(outside, 'file'));
    },
    outcome: { stopped: /changed_meanwhile/u },
  },
  {
    group: 'swap between verdict and checkpoint',
    name: 'a denied file added late',
    does: act(({ root }) => {
      put(root, 'new.txt');
    }),
    meanwhile: ({ root }) => {
      put(root, '.env');
    },
    outcome: { absent: '.env' },
  },
];
