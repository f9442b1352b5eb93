import { bundle } from './bundle.ts';
import { packNpm } from './packNpm.ts';
import { packPlugin, writePlugin } from './packPlugin.ts';
import { readRelease } from './readRelease.ts';

const { file, bytes } = await bundle('dist');
console.log(`${file}: ${Math.round(bytes / 1024)} KB`);

await packNpm('dist/npm');
console.log('dist/npm: what `npm publish dist/npm` publishes');

const plugin = await packPlugin(await readRelease());
const zip = await writePlugin('dist/plugin', plugin);
console.log(`${zip}: ${Math.round(plugin.zip.length / 1024)} KB`);
