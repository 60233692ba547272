const runs = (count: number): string => (count === 1 ? 'one run is' : `${String(count)} runs are`);

/** Every English sentence about the program around the dashboard. */
export const strings = {
  leaving: (running: number) => `Homer quits when ${runs(running)} done.`,
  leavingDetail: 'It starts nothing new until then.',
  stop: (running: number) => (running === 1 ? 'Stop it and quit' : 'Stop them and quit'),
  pause: (running: number) => (running === 1 ? 'Pause it and quit' : 'Pause them and quit'),
  stay: 'Do not quit',
  careful: 'Homer was started with care.',
  carefulDetail: 'It starts no run and looks for no work until you say so.',
  begin: 'Go on as usual',
  login: 'Start Homer when you log in?',
  loginDetail:
    'It starts hidden in the tray, so that work goes on. You can change this under Settings, General.',
  yes: 'Start at login',
  no: 'No, thanks',
  again: 'The dashboard had stopped working and was loaded again.',
};
