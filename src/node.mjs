/** The product's first file, in JavaScript that any Node reads: an old one says a sentence instead of a SyntaxError. */
import process from 'node:process'

const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `支部需要 Node ${NEEDED} 或更新的版本，现在用的是 ${process.version}；Linux 上 npm ci 会自带，请用 npm start 启动。` +
      ` · Zhibu needs Node ${NEEDED} or newer, and this is ${process.version}; on Linux npm ci brings it, so start with npm start.`,
  )
  process.exitCode = 1
} else {
  import('./product.mjs')
}
