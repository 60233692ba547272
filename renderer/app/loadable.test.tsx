import { text } from 'node:stream/consumers';
import { Suspense } from 'react';
import { prerenderToNodeStream } from 'react-dom/static';
import { expect, test } from 'vitest';
import { loadable, ViewNotRead } from './loadable.tsx';

test('a view whose chunk could not be fetched is fetched anew when it is shown again', async () => {
  let asked = 0;
  const View = loadable(() => {
    asked += 1;
    return asked === 1
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(() => <p>Runs</p>);
  });
  const show = async (): Promise<string> => {
    const { prelude } = await prerenderToNodeStream(
      <Suspense>
        <View />
      </Suspense>,
      { onError: (error) => void failures.push(error) },
    );
    return text(prelude);
  };
  const failures: unknown[] = [];
  await show();
  const [refused] = failures;
  if (!(refused instanceof ViewNotRead)) throw new Error('It was read, or failed in another way.');
  refused.again();
  expect(await show()).toContain('<p>Runs</p>');
});
