import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { PrintingError } from './printing-error';

const ASSETS = join(__dirname, '..', 'assets');
const DATA = join(ASSETS, 'data.json');
const FONTS = ['@expo-google-fonts/cairo', '@expo-google-fonts/noto-naskh-arabic'];
/** Results of the compiler's cache are dropped after so many renders without a use. */
const CACHE_RENDERS = 2;

let shared: NodeCompiler | undefined;

function create(): NodeCompiler {
  const fontPaths = FONTS.map((name) => dirname(require.resolve(`${name}/package.json`)));
  return NodeCompiler.create({ workspace: ASSETS, fontArgs: [{ fontPaths }] });
}

/**
 * Compiles `assets/<template>.typ` over `data`, which reaches it as the JSON file `data.json`, in memory and never source.
 * (The compiler's `inputs` keep about 20 kB of every render for ever; a file of a fixed name is replaced.)
 * Synchronous: 3,000 rows take two seconds.
 * @param options `tagged`: with the structure that a screen reader follows, which is four fifths of the file
 * @throws PrintingError
 */
export function compilePdf(template: string, data: object, createdAt: Date, { tagged = true } = {}): Buffer {
  const typst = (shared ??= create());
  try {
    typst.mapShadow(DATA, Buffer.from(JSON.stringify(data)));
    const outcome = typst.compile({ mainFilePath: join(ASSETS, `${template}.typ`) });
    const document = outcome.result;
    if (!document) throw new PrintingError(template, outcome.takeError()?.shortDiagnostics ?? []);
    return typst.pdf(document, { creationTimestamp: Math.floor(createdAt.getTime() / 1000), pdfTags: tagged });
  } finally {
    typst.unmapShadow(DATA);
    typst.evictCache(CACHE_RENDERS);
  }
}
