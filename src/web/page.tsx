import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { day, time } from '../calendar.ts'
import { type Text, t } from '../text.ts'
import { style } from './style.ts'
import type { Frame } from './visit.ts'

interface ShellProps {
  frame: Frame
  title: string
  look: 'page' | 'wide page' | 'screen'
  /** Runs once the page is loaded. It is our own code and never contains input from a person. */
  script?: string
  /** Without a script, the page reloads after this many seconds. */
  againAfter?: number
  children?: Child
}

export function Shell({ frame, title, look, script, againAfter, children }: ShellProps) {
  return (
    <html lang={frame.language === 'en' ? 'en' : 'zh-CN'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style nonce={frame.nonce}>{raw(style)}</style>
        {againAfter && (
          <noscript>
            <meta http-equiv="refresh" content={String(againAfter)} />
          </noscript>
        )}
      </head>
      <body class={look}>
        {children}
        {script && (
          <script type="module" nonce={frame.nonce}>
            {raw(script)}
          </script>
        )}
      </body>
    </html>
  )
}

interface PageProps extends Omit<ShellProps, 'look' | 'title'> {
  title: Text
  /** The owner's name, above the title. */
  of?: Text
  /** The period, below the title. */
  about?: Text
  /** For tables with many columns; printed in landscape. */
  isWide?: boolean
  /** A page behind no link: anybody may read it. */
  isPlain?: boolean
}

/** The frame of every page: owner, title, content, and the time when it was made. */
export function Page({ frame, title, of, about, isWide, isPlain, children, ...rest }: PageProps) {
  const { say, now, notice } = frame
  return (
    <Shell
      frame={frame}
      look={isWide ? 'wide page' : 'page'}
      title={[say(title), of && say(of), '支部'].filter(Boolean).join(' · ')}
      {...rest}
    >
      <a class="skip" href="#main">
        {say(t('跳到正文', 'Skip to the content'))}
      </a>
      <header>
        <div class="top">
          <span class="brand" lang="zh-CN">
            支部
          </span>
          <LanguageSwitch frame={frame} />
        </div>
        {of && <p class="of">{say(of)}</p>}
        <h1>{say(title)}</h1>
        {about && <p class="about">{say(about)}</p>}
      </header>
      <main id="main" tabindex={-1}>
        {notice && <Notice tone="warning">{say(notice)}</Notice>}
        {children}
      </main>
      <footer>
        <p>
          {!isPlain &&
            say(
              t(
                `${day(now)} ${time(now)}（北京时间）生成。链接只给了需要看的人，请不要转发。`,
                `As of ${day(now)} ${time(now)}, Beijing time. The link is for those who need it; please do not pass it on.`,
              ),
            )}
        </p>
      </footer>
    </Shell>
  )
}

function LanguageSwitch({ frame: { language, href, say } }: { frame: Frame }) {
  const other = language === 'zh' ? { to: 'en', lang: 'en', name: 'English' } : { to: 'zh', lang: 'zh-CN', name: '中文' }
  return (
    <nav class="languages" aria-label={say(t('语言', 'Language'))}>
      <a href={href({ lang: other.to })} lang={other.lang} hreflang={other.lang}>
        {other.name}
      </a>
    </nav>
  )
}

/** A page with one sentence. */
export function Sentence({ frame, text }: { frame: Frame; text: Text }) {
  const { say } = frame
  return (
    <Shell frame={frame} look="page" title="支部">
      <main class="alone">
        <span class="brand" lang="zh-CN">
          支部
        </span>
        <h1>{say(text)}</h1>
        <LanguageSwitch frame={frame} />
      </main>
    </Shell>
  )
}

export const Notice = ({ tone = 'plain', children }: { tone?: 'plain' | 'warning'; children?: Child }) => (
  <p class={`notice ${tone}`} role={tone === 'warning' ? 'alert' : 'note'}>
    {children}
  </p>
)
