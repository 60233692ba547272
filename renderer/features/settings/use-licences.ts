import { useEffect, useState } from 'react';

export interface ShownLicence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** What packages hold of others, from the file that the build puts beside the page: it needs neither host nor network. */
export function useLicences(): ShownLicence[] | 'reading' | 'missing' {
  const [list, setList] = useState<ShownLicence[] | 'reading' | 'missing'>('reading');
  useEffect(() => {
    const gone = new AbortController();
    const read = async (): Promise<ShownLicence[]> => {
      const page = document.baseURI.replace(/[?#].*$/, '');
      const response = await fetch(new URL('licences.json', page), { signal: gone.signal });
      // The build wrote it beside this very script.
      return (await response.json()) as ShownLicence[];
    };
    read().then(setList, () => {
      if (!gone.signal.aborted) setList('missing');
    });
    return () => {
      gone.abort();
    };
  }, []);
  return list;
}

/** Those whose name, licence or text holds every word that was typed. */
export function matchLicences(list: readonly ShownLicence[], typed: string): readonly ShownLicence[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter(({ name, version, licence, text }) => {
    const all = `${name} ${version} ${licence}\n${text}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
