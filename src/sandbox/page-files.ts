import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

type PageFile = { readonly type: string; readonly body: Buffer | string }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
}

const vendor: Readonly<Record<string, () => string>> = {
  '/vendor/preact.js': () => import.meta.resolve('preact'),
  '/vendor/hooks.js': () => import.meta.resolve('preact/hooks'),
  '/vendor/htm.js': () => import.meta.resolve('htm'),
}

/**
 * Reads one file of the page: `/` is index.html, `/vendor/*.js` are the packages that the page uses.
 * Undefined for every other path; only plain names of the page's own folder are looked up, so no path leads out of it.
 */
export async function readPageFile(path: string): Promise<PageFile | undefined> {
  const locate = vendor[path]
  if (locate) return readVendorModule(locate())
  const name = path === '/' ? 'index.html' : path.slice(1)
  const type = types[extname(name)]
  if (!type || !/^[a-z-]+\.[a-z]+$/.test(name)) return undefined
  try {
    return { type, body: await readFile(fileURLToPath(new URL(`./page/${name}`, import.meta.url))) }
  } catch {
    return undefined
  }
}

async function readVendorModule(url: string): Promise<PageFile> {
  const source = await readFile(fileURLToPath(url), 'utf8')
  // The hooks import Preact by its bare name, which a browser resolves only with an inline import map.
  return { type: types['.js'] ?? '', body: source.replaceAll(/(from\s*)"preact"/g, '$1"/vendor/preact.js"') }
}
