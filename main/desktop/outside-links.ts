/** Hosts a link in the dashboard may open in the owner's browser; a subdomain counts as its parent. */
const linkHosts = ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'nodejs.org', 'git-scm.com'];

export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return linkHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
