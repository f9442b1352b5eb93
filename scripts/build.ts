import { bundle } from './bundle.ts';
import { packPlugin, writePlugin } from './packPlugin.ts';
import { readRelease } from './readRelease.ts';

const { file, bytes } = await bundle('dist');
console.log(`${file}: ${Math.round(bytes / 1024)} KB`);

const plugin = await packPlugin(await readRelease());
const zip = await writePlugin('dist/plugin', plugin);
console.log(`${zip}: ${Math.round(plugin.zip.length / 1024)} KB`);
