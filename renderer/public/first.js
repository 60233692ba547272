// Before any module: validators that are compiled need `eval`, which the content security policy forbids and reports. Zod reads it
// as it is loaded, so that to say it in a module would be too late.
globalThis.__zod_globalConfig = { jitless: true };

// What this address shows is read at once and not only when the first modules have said so, and the host is asked for it meanwhile, in the
// words of the last time. `renderer/client/early.ts` hands the answers to who asks the same; if nobody does, they are dropped.
{
  // The build writes the files of each view here: scripts/first-script.ts.
  const parts = {};
  const path = location.hash.slice(2).split('?', 1)[0] ?? '';
  const [view = '', id] = path.split('/');
  const one = id === undefined || /^(?:run|proposal)\/[^/]+$/u.test(path);
  for (const file of view === 'quick' ? [] : [...(parts.shell ?? []), ...((one && parts[view]) || [])]) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = '';
    link.href = file;
    document.head.append(link);
  }

  const answers = new Map();
  const ask = (name, input) => {
    const body = JSON.stringify(input);
    const answer = globalThis.homer
      ? globalThis.homer.call(name, input)
      : fetch(`api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          credentials: 'same-origin',
          body,
        }).then((response) => response.json());
    // Kept as a value: nobody may ever come for it.
    answers.set(
      `${name} ${body}`,
      answer.then(
        (came) => ({ came }),
        (lost) => ({ lost }),
      ),
    );
  };
  globalThis.homerEarly = answers;
  ask('overview.get', {});
  const last = JSON.parse(localStorage.getItem('homer.early') ?? 'null');
  if (last?.hash === location.hash) ask(last.name, last.input);
}

// What this address showed last stands there until it is shown anew: renderer/app/last-screen.ts. Nobody can touch it meanwhile.
{
  const last = JSON.parse(localStorage.getItem('homer.screen') ?? 'null');
  // The page has been read, and no module has run yet.
  const show = () => {
    const styles = document.querySelector('link[rel=stylesheet]')?.getAttribute('href');
    if (last.styles !== styles || last.width !== innerWidth || last.height !== innerHeight) return;
    for (const [name, value] of Object.entries(last.page)) document.documentElement.setAttribute(name, value);
    const screen = document.createElement('div');
    screen.id = 'last-screen';
    screen.inert = true;
    screen.ariaHidden = 'true';
    screen.innerHTML = last.html;
    document.body.append(screen);
    for (const scrolled of screen.querySelectorAll('[data-scrolled]'))
      scrolled.scrollTo(...scrolled.dataset.scrolled.split(' ').map(Number));
  };
  if (last?.hash === location.hash) document.addEventListener('readystatechange', show, { once: true });
}
