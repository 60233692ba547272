import { clipboard, dialog, shell } from 'electron';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import { mayOpenOutside } from './outside-links.ts';

/**
 * Opens a link in the owner's browser, if its host is on the list and the owner, who is shown the host, agrees. Text of issues and agents
 * ends up in the dashboard, so what a link says and where it leads may differ. One question at a time: a page cannot pile them up.
 */
export function createOpenOutside(log: Log): (address: string) => void {
  let asking = false;

  async function ask(address: string): Promise<void> {
    const url = URL.parse(address);
    if (!mayOpenOutside(address)) {
      log.warn('a link was not opened: its host is not on the list', { address });
      const web = url?.protocol === 'https:' || url?.protocol === 'http:';
      if (!web) return;
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        message: `Homer does not open ${url.host}.`,
        detail: `Only pages of known code hosts are opened from the dashboard.\n\n${short(address)}`,
        buttons: ['Close', 'Copy address'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      if (response === 1) await clipboard.writeText(address);
      return;
    }
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Open ${url?.host ?? address} in your browser?`,
      detail: short(address),
      buttons: ['Open', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) await shell.openExternal(address);
  }

  return (address) => {
    if (asking) {
      log.info('a link was not opened: another one is being asked about', { address });
      return;
    }
    asking = true;
    ask(address)
      .catch((error: unknown) => {
        log.warn('a link could not be opened', { address, error: messageOf(error) });
      })
      .finally(() => {
        asking = false;
      });
  };
}

function short(address: string): string {
  return address.length > 300 ? `${address.slice(0, 300)}…` : address;
}
