/** Every English sentence of the first run. */
export const strings = {
  title: 'Homer finds work in your repositories, asks you once, and shows its proof',
  detail: 'Nothing is changed in a repository until you have seen the diff and applied it.',
  demo: 'Try the demo project',
  demoDetail:
    'A small git repository with a failing test and a TODO, made in Homer’s own data folder. Its agent is a script, no model is asked.',
  own: 'Add your own repository',
  ownDetail: 'Homer reads its TODO comments and runs its tests, and proposes what it finds.',
  steps: 'The way to the first applied diff',
  making: 'Making the demo project',
  ready: 'Ideas are on the board. Press J to choose one, then A to approve it: its plan is written.',
  readyAway: 'The ideas of the demo project are on the board.',
  looking: 'Homer is looking for work in it. Ideas appear on the board.',
};
