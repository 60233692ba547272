import type { Plugin } from 'vite';

const remark = '//# allFunctionsCalledOnLoad\n';
/** Our own chunks of the start and of the views: most of their functions are called as soon as they are read. */
const chunks = /^(?:index|start|shared|shell|dashboard|.*-view)$/u;

/**
 * Has a browser that knows the remark compile these files whole beside the page, and not one function after the other while the page is
 * built. Of the libraries hardly half is called, and compiling all of them takes longer than it saves. It counts on the first line only.
 */
export function calledAtOnce(): Plugin {
  return {
    name: 'called-at-once',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk' || !chunks.test(chunk.name)) continue;
          chunk.code = remark + chunk.code;
          const map = bundle[`${chunk.fileName}.map`];
          if (map?.type !== 'asset') continue;
          const { mappings, ...rest } = JSON.parse(String(map.source)) as { mappings: string };
          map.source = JSON.stringify({ ...rest, mappings: `;${mappings}` });
        }
      },
    },
  };
}
