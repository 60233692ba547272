/** Fifty made-up tokens in the forms that services give them; put together here, so that no scanner takes this file for a leak. */
export function tokenShapes(): string[] {
  const long = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6';
  const hex = '0123456789abcdef'.repeat(4);
  const join = (...parts: string[]): string => parts.join('');
  const github = ['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((start) => join(start, '_', long));
  const gitlab = ['pat', 'ptt', 'rt', 'dt', 'cbt', 'ft', 'soat', 'agent', 'imt', 'oas'].map((kind) =>
    join('gl', kind, '-', long.slice(0, 20)),
  );
  const aws = ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AROA', 'AIDA'].map((start) =>
    join(start, 'Z7QWERTYUIOP3456'),
  );
  const slack = ['xoxb', 'xoxp', 'xoxa', 'xoxe', 'xoxr', 'xoxs'].map((start) =>
    join(start, '-1234567890-', long),
  );
  const stripe = ['sk', 'rk', 'pk'].map((start) => join(start, '_', 'live', '_', long));
  const digital = ['doo', 'dop', 'dor'].map((start) => join(start, '_v1_', hex));
  return [
    ...github,
    ...gitlab,
    ...aws,
    ...slack,
    ...stripe,
    ...digital,
    join('github', '_pat_', '11ABCDEFG0', long, '_', long),
    join('sk', '-proj-', long, long),
    join('sk', '-', long),
    join('sk', '-ant-api03-', long, '-', long, 'AA'),
    join('whsec', '_', long),
    join('gsk', '_', long),
    join('hf', '_', long),
    join('xai', '-', long),
    join('xapp', '-1-A0123-', long),
    join('AIza', long.slice(0, 35)),
    join('ya29', '.', long),
    join('GOCSPX', '-', long.slice(0, 28)),
    join('eyJ', 'hbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0.', long),
    join('npm', '_', long),
    join('pypi', '-AgEIcHlwaS5vcmc', long, long),
    join('dckr', '_pat_', long.slice(0, 27)),
    join('SG', '.', long.slice(0, 22), '.', long),
    join('tskey', '-auth-', long),
    join('123456789', ':AA', long.slice(0, 33)),
  ];
}
