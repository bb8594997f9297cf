import { words } from './client/words.ts'

/** An empty shell: the script draws everything from the playground's state. */
export const page = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title.zh}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/playground/app.css">
<script type="module" src="/playground/app.js"></script>
</head>
<body><div id="app"></div></body>
</html>
`

/** The policy lets only the page's own files run or paint, whatever a card or a name holds. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
