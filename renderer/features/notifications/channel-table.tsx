import type { OutputOf } from '../../../preload/contract/operations.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';

type Channel = OutputOf<'notification.support'>['channels'][number];

/** What each channel of this machine says it can, and whether its buttons were seen to work. */
export function ChannelTable({ channels }: { channels: readonly Channel[] }) {
  if (channels.length === 0) return <p className="text-ink-2">{strings.none}</p>;
  const yesNo = (is: boolean): string => (is ? strings.yes : strings.no);
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-start">
        <thead>
          <tr className="border-b border-line text-meta text-ink-3">
            {strings.columns.map((title) => (
              <th key={title} scope="col" className="py-6 pe-16 text-start font-medium whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.name} className="border-b border-line align-top last:border-b-0">
              <th scope="row" className="py-8 pe-16 text-start font-medium">
                <span className="flex items-start gap-8">
                  <span className="mt-2">
                    <StatusGlyph shape={channel.available ? 'check' : 'dashed'} />
                  </span>
                  <span>
                    {strings.names[channel.name] ?? channel.name}
                    <span className="block text-meta font-regular text-ink-2">
                      {channel.available ? channel.server : strings.unavailable}
                    </span>
                    {channel.note === '' ? null : (
                      <span className="block text-meta font-regular text-pretty text-ink-3">
                        {channel.note}
                      </span>
                    )}
                  </span>
                </span>
              </th>
              <td className="py-8 pe-16 whitespace-nowrap tabular-nums">
                {channel.actions ? strings.upTo(channel.mostButtons) : strings.no}
              </td>
              <td className="py-8 pe-16">{yesNo(channel.inlineReply)}</td>
              <td className="py-8 pe-16">{yesNo(channel.survivesRestart)}</td>
              <td className="py-8 whitespace-nowrap">
                {channel.lastPressedAt ? (
                  <Time at={channel.lastPressedAt} />
                ) : (
                  <span className="text-ink-3">{strings.never}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
