import { messageOf, type Failure } from '../../shared/result.ts';

/** What went wrong with an update, and what to do, in words; from the codes of electron-updater, Node and Chromium. */
export function updateFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  const text = messageOf(error);
  const is = (pattern: RegExp): boolean => pattern.test(code) || pattern.test(text);
  const of = (message: string, hint: string): Failure => ({ tag: 'update_failed', message, hint });

  if (code === 'ERR_CHECKSUM_MISMATCH' || is(/checksum mismatch/iu))
    return of(
      'The download is not what was signed, so it was thrown away.',
      'Try again. If it stays so, do not install it by hand: tell whoever publishes this build.',
    );
  if (code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND')
    return of(
      'The update server has nothing on this channel for this system.',
      'Choose the other channel, or try again later.',
    );
  if (status >= 400)
    return of(`The update server answered with error ${String(status)}.`, 'Try again later.');
  if (is(/aborted|ECONNRESET|CONTENT_LENGTH|INCOMPLETE|CONNECTION_CLOSED|CONNECTION_RESET|socket hang up/u))
    return of('The download broke off.', 'Check the connection, and try again.');
  if (
    is(
      /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|timed out|ERR_(NAME|INTERNET|CONNECTION|ADDRESS|PROXY|NETWORK)/u,
    )
  )
    return of(
      'The update server cannot be reached.',
      'Check the connection; Homer looks again within a day.',
    );
  if (is(/ENOSPC|ERR_FILE_NO_SPACE/u))
    return of('There is no room left for the update.', 'Free some disk space, and try again.');
  if (is(/EACCES|EPERM|EROFS/u))
    return of(
      'Homer may not write where it is installed.',
      'Install the newer package by hand, or move this one where you may write.',
    );
  if (is(/CERT|SSL|TLS/u))
    return of(
      'The update server could not prove who it is.',
      'Check the date of this machine and the network it is in.',
    );
  if (is(/YAML|update info|version/iu) && is(/parse|pars|semver|invalid/iu))
    return of('The update server says what Homer does not understand.', 'Try again later.');
  return of('Updating did not work.', `Try again later. ${text.split('\n')[0]?.slice(0, 200) ?? ''}`.trim());
}
