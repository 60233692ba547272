import { insightsCsv } from '../../../preload/contract/insights-csv.ts';
import { useClient } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Days } from './insight-types.ts';
import { strings } from './strings.ts';

/** The browser has taken the file long before. */
const releaseMs = 60_000;

/** Takes the figures along as CSV: as a download in a browser, by the clipboard on the desktop. */
export function useCsv(days: Days, project: string): { readonly saves: boolean; readonly take: () => void } {
  const { download, clock } = useClient();
  const ask = useCommand();
  const toast = useToast();
  const saves = download !== undefined;
  const take = async (): Promise<void> => {
    const reply = await ask('insights.get', { days, ...(project === '' ? {} : { projectId: project }) });
    if (!reply.ok) return;
    const text = insightsCsv(reply.value.charts);
    if (saves) {
      const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `homer-insights-${String(days)}d.csv`;
      link.click();
      clock.after(releaseMs, () => {
        URL.revokeObjectURL(address);
      });
      toast({ text: strings.downloaded(link.download) });
      return;
    }
    await navigator.clipboard.writeText(text).then(
      () => {
        toast({ text: strings.copied });
      },
      () => {
        toast({ text: strings.notCopied });
      },
    );
  };
  return { saves, take: () => void take() };
}
