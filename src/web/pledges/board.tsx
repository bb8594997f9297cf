import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { boardIn, boardLink } from '../../../db/pages/links.ts'
import { type Board, boardOf } from '../../../db/pledges/board.ts'
import { day, time } from '../../calendar.ts'
import { PEOPLE_A_SHEET } from '../../rules/pledges/showing.ts'
import { spokenDate } from '../../spoken.ts'
import { t } from '../../text.ts'
import { QrSymbol } from '../qr.tsx'
import type { Visit } from '../visit.ts'
import { Areas, Code, chunked, Meetings, People, Slogans, slidesOf } from './board-parts.tsx'
import { script } from './board-script.ts'
import { style } from './board-style.ts'

const motto = t('亮身份 · 亮承诺 · 践承诺', 'Who we are · what we promised · what we kept')
const title = t('党员承诺', 'Our pledges')

/** The board is the same for everybody who has its address. Facts are read anew at every look, so a consent ends at once. */
async function seen(visit: Visit): Promise<{ board: Board; url: string | null } | null> {
  const { branch, scope } = boardIn(visit.link)
  const [board, url] = await Promise.all([
    boardOf(visit.db, branch, scope, visit.now),
    visit.pages.url(boardLink(branch, visit.link.unit, scope, visit.link.madeBy, visit.now)),
  ])
  return board && { board, url }
}

/** The approved lines, one a line, for a controller of lights. */
export async function linesOfBoard({ db, link, now }: Visit): Promise<string | null> {
  const { branch, scope } = boardIn(link)
  const board = await boardOf(db, branch, scope, now)
  return board?.lines.map((one) => `${one}\n`).join('') ?? null
}

export async function showBoard(visit: Visit): Promise<Child | null> {
  const it = await seen(visit)
  if (!it) return null
  return visit.query.has('print') ? <Sheets visit={visit} {...it} /> : <Screen visit={visit} {...it} />
}

interface Shown {
  visit: Visit
  board: Board
  url: string | null
}

interface FrameProps {
  visit: Visit
  board: Board
  look: 'look' | 'kiosk' | 'sheets'
  children?: Child
}

const Frame = ({ visit, board, look, children }: FrameProps) => (
  <html lang={visit.language === 'en' ? 'en' : 'zh-CN'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={look === 'sheets' ? 'light' : 'light dark'} />
      <meta name="robots" content="noindex, nofollow" />
      <title>{`${visit.say(title)} · ${board.branch.name}`}</title>
      <link rel="icon" href="data:," />
      <style nonce={visit.nonce}>{raw(style)}</style>
      {look !== 'sheets' && (
        <noscript>
          <meta http-equiv="refresh" content="30" />
        </noscript>
      )}
    </head>
    <body class={look}>
      {children}
      {look !== 'sheets' && (
        <script type="module" nonce={visit.nonce}>
          {raw(script)}
        </script>
      )}
    </body>
  </html>
)

function Screen({ visit, board, url }: Shown) {
  const { say, now } = visit
  const isKiosk = visit.query.has('kiosk')
  const slides = isKiosk ? slidesOf(board.people) : chunked(board.people, Math.max(1, board.people.length))
  const isEmpty = board.people.length + board.areas.length + board.lines.length + board.gatherings.length === 0
  return (
    <Frame visit={visit} board={board} look={isKiosk ? 'kiosk' : 'look'}>
      {url && <QrSymbol id="address" of={url} />}
      <header class="band">
        <div>
          <p class="motto" lang={visit.language === 'en' ? 'en' : undefined}>
            {say(motto)}
          </p>
          <h1>{board.branch.name}</h1>
        </div>
        <p class="today">{say(spokenDate(day(now)))}</p>
      </header>
      <main id="board">
        {isEmpty && <p class="empty">{say(t('还没有可以展示的内容。', 'There is nothing to show yet.'))}</p>}
        {slides.map((people, nth) => (
          <People say={say} people={people} title={say(title)} nth={nth} of={slides.length} />
        ))}
        <Areas say={say} areas={board.areas} isKiosk={isKiosk} />
        <Slogans say={say} lines={board.lines} isKiosk={isKiosk} />
        <Meetings say={say} all={board.gatherings} />
        {url && <Code say={say} url={url} />}
      </main>
      <footer>
        <p id="stopped" role="status" data-words={say(t('数据停在 ', 'As of '))} />
        <p id="dots" aria-hidden="true" hidden />
        <p>
          {say(t('数据 ', 'As of '))}
          <time id="at">{time(now)}</time>
        </p>
        {!isKiosk && (
          <nav class="languages" aria-label={say(t('语言', 'Language'))}>
            {visit.language === 'zh' ? (
              <a href={visit.href({ lang: 'en' })} lang="en" hreflang="en">
                English
              </a>
            ) : (
              <a href={visit.href({ lang: 'zh' })} lang="zh-CN" hreflang="zh-CN">
                中文
              </a>
            )}
          </nav>
        )}
      </footer>
    </Frame>
  )
}

/** Nine people a sheet. Paper cannot be called back, so it bears the day of its printing. */
function Sheets({ visit, board, url }: Shown) {
  const { say, now } = visit
  const sheets = chunked(board.people, PEOPLE_A_SHEET)
  return (
    <Frame visit={visit} board={board} look="sheets">
      {url && <QrSymbol id="address" of={url} />}
      <main id="board">
        <h1 class="sr">{board.branch.name}</h1>
        {(sheets.length > 0 ? sheets : [[]]).map((people, nth) => (
          <section class="sheet" aria-labelledby={`sheet${nth}`}>
            <header>
              <h2 id={`sheet${nth}`}>
                {board.branch.name} {say(title)}
                {nth > 0 && <span class="sr">{` ${nth + 1}`}</span>}
              </h2>
              <p>{say(motto)}</p>
            </header>
            <People say={say} people={people} />
            <div class="foot">
              {url && (
                <svg class="qr" role="img" aria-label={say(t('本展板的二维码', 'The code of this board'))}>
                  <use href="#address" />
                </svg>
              )}
              <p>
                {say(t(`${day(now)} 打印，以网上展板为准。`, `Printed on ${day(now)}; the board on the web is the one that counts.`))}
                {url && <span class="url"> {url}</span>}
              </p>
            </div>
          </section>
        ))}
      </main>
    </Frame>
  )
}
