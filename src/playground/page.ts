import { createHash } from 'node:crypto'
import { cards } from './page-cards.ts'
import { markdown } from './page-markdown.ts'
import { script } from './page-script.ts'
import { style } from './page-style.ts'
import { words } from './page-words.ts'

/** `<` is written as an escape, so that no word can end the script. */
const inlined = JSON.stringify(words).replaceAll('<', '\\u003c')
const code = `'use strict';var words=${inlined};${markdown}${cards}${script}`

/** One file, nothing fetched but its own state. */
export const page = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title.zh}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app">
  <aside id="side">
    <div id="brand"><span class="face bot">支</span><h1 data-say="title"></h1><button id="language" class="small" type="button"></button></div>
    <p id="offline" data-say="offline"></p>
    <p class="group" data-say="iAm"></p>
    <div id="people" class="list"></div>
    <form id="newcomer"><input maxlength="20"><button class="small" data-say="addPerson"></button></form>
    <p class="group" data-say="chats"></p>
    <div id="chats" class="list"></div>
  </aside>
  <div id="clock">
    <span data-say="beijing"></span><b id="now"></b><span id="kind" class="kind"></span><span class="fill"></span>
    <button id="five" class="small" type="button" data-say="plusFive"></button>
    <button id="hour" class="small" type="button" data-say="plusHour"></button>
    <button id="next" class="small" type="button" data-say="nextDay"></button>
    <button id="to" class="small" type="button" data-say="goTo"></button>
    <form id="jump" hidden><input id="moment" type="datetime-local" required><button class="small" data-say="go"></button></form>
  </div>
  <main id="talk">
    <div id="where"></div>
    <div id="stream" role="log"></div>
    <form id="say"><button id="mention" class="small" type="button" data-say="mention"></button><input id="text" autocomplete="off" maxlength="2000"><button class="main" data-say="send"></button></form>
  </main>
</div>
<div id="toasts" role="status"></div>
<dialog id="ask"><form method="dialog"><h2></h2><p></p><menu><button class="small" value="" data-say="cancel"></button><button class="main" value="yes" data-say="confirm"></button></menu></form></dialog>
<script>${code}</script>
</body>
</html>
`

/** Only this script may run, whatever a card or a name holds. */
export const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
