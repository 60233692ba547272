/** Who stands behind a build, as packages name them. */
export interface OwnerAddresses {
  readonly homepage: string;
  /** `Name <mail>`. */
  readonly maintainer: string;
  /** What was not set, and therefore stands for nobody. */
  readonly missing: readonly string[];
}

/**
 * The addresses of whoever makes a build: HOMER_HOMEPAGE (https) and HOMER_MAINTAINER (`Name <mail>`). The project has none of its own. A deb
 * must name both, so what is not set gets an address under `.invalid`, which can never lead to anybody.
 */
export function ownerAddresses(env: Readonly<Record<string, string | undefined>>): OwnerAddresses {
  const { HOMER_HOMEPAGE: homepage = '', HOMER_MAINTAINER: maintainer = '' } = env;
  if (homepage !== '' && URL.parse(homepage)?.protocol !== 'https:')
    throw new Error('HOMER_HOMEPAGE must be an address with https.');
  if (maintainer !== '' && !/^[^<>@]+ <[^<>@\s]+@[^<>@\s]+>$/u.test(maintainer))
    throw new Error('HOMER_MAINTAINER must be a name and an address, such as: Sam Doe <sam@example.org>');
  return {
    homepage: homepage === '' ? 'https://homer.invalid/' : homepage,
    maintainer: maintainer === '' ? 'The Homer authors <authors@homer.invalid>' : maintainer,
    missing: [
      ...(homepage === '' ? ['HOMER_HOMEPAGE'] : []),
      ...(maintainer === '' ? ['HOMER_MAINTAINER'] : []),
    ],
  };
}
