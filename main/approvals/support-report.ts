import type { Notifier, NotifierSupport } from '../shared/notifier.ts';
import { formatTime } from '../shared/clock.ts';
import { countHeld } from '../store/told-store.ts';
import { channelSeen } from '../store/notice-store.ts';
import type { Store } from '../store/store.ts';
import { quietNow, type CalmSettings } from './calm.ts';
import { minuteText, zoneOr } from './local-time.ts';

export interface ChannelReport extends NotifierSupport {
  readonly name: string;
  /** When it last showed a notice, and when a button of one last came back; null: never. */
  readonly lastShownAt: string | null;
  readonly lastPressedAt: string | null;
}

export interface SupportReport {
  readonly enabled: boolean;
  /** In the order they are tried. */
  readonly channels: readonly ChannelReport[];
  /** Why it is quiet now, and until when if that is known; null when it is not. */
  readonly quiet: { readonly why: string; readonly until: string | null } | null;
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  /** That hours and times of day are reckoned in: the one that was chosen, or the machine's. */
  readonly zone: string;
  /** How many things are held back until it may be told. */
  readonly held: number;
  /** Whether the desktop itself wants quiet; null where nothing tells. */
  readonly desktopIsQuiet: boolean | null;
}

/** What this machine can show, as its channels say and as the record of notices proves. */
export async function supportReport(at: {
  store: Store;
  settings: CalmSettings;
  channels: readonly Notifier[];
  now: number;
}): Promise<SupportReport> {
  const { store, settings, now } = at;
  const channels: ChannelReport[] = [];
  let desktop: boolean | null = null;
  for (const channel of at.channels) {
    const seen = store.read((read) => channelSeen(read, channel.name));
    channels.push({
      name: channel.name,
      ...(await channel.support()),
      lastShownAt: seen.shown,
      lastPressedAt: seen.pressed,
    });
    if (channel.desktopIsQuiet) desktop = (await channel.desktopIsQuiet()) || (desktop ?? false);
  }
  const quiet = quietNow(settings, now, desktop ?? false);
  return {
    enabled: settings.enabled,
    channels,
    quiet: quiet && { why: quiet.why, until: quiet.until === null ? null : formatTime(quiet.until) },
    quietHours: settings.quietHours && {
      from: minuteText(settings.quietHours.from),
      to: minuteText(settings.quietHours.to),
    },
    zone: zoneOr(settings.zone),
    held: store.read(countHeld),
    desktopIsQuiet: desktop,
  };
}
