import { bundle } from './bundle.ts';

const { file, bytes } = await bundle('dist');
console.log(`${file}: ${Math.round(bytes / 1024)} KB`);
