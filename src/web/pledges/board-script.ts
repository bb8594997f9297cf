/**
 * Asks for the page every thirty seconds and puts its content in the place of the old. The last good state stays when nobody answers, and
 * after two failures it says of when it is. An address that was taken back is answered by a word, which takes the place of all names.
 */
export const script = `
const main = document.getElementById('board'), stopped = document.getElementById('stopped'), dots = document.getElementById('dots')
const isKiosk = document.body.classList.contains('kiosk')
let kept = main.innerHTML, failed = 0, asking = false, nth = 0, held = false

async function ask() {
  if (asking) return
  asking = true
  try {
    const answer = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(10000) })
    const isOver = [403, 404, 410].includes(answer.status)
    if (!answer.ok && !isOver) throw new Error(String(answer.status))
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = isOver ? next.querySelector('main') : next.getElementById('board')
    if (!fresh) throw new Error('another page')
    document.body.classList.toggle('over', isOver)
    if (fresh.innerHTML !== kept) {
      kept = fresh.innerHTML
      main.replaceChildren(...fresh.childNodes)
      show(nth)
    }
    const at = next.getElementById('at')
    if (at) document.getElementById('at').textContent = at.textContent
    failed = 0
    stopped.textContent = ''
  } catch {
    failed += 1
    if (failed > 1) stopped.textContent = stopped.dataset.words + document.getElementById('at').textContent
  } finally {
    asking = false
  }
}

function show(wanted) {
  if (!isKiosk) return
  const slides = [...main.querySelectorAll('.slide')]
  nth = slides.length > 0 ? (wanted + slides.length) % slides.length : 0
  for (const [at, one] of slides.entries()) one.classList.toggle('on', at === nth)
  dots.replaceChildren(...slides.map((_, at) => Object.assign(document.createElement('i'), { className: at === nth ? 'on' : '' })))
  dots.hidden = slides.length < 2
}

setInterval(ask, 30000)
if (isKiosk) {
  document.body.classList.add('live')
  show(0)
  setInterval(() => held || show(nth + 1), 12000)
  addEventListener('keydown', ({ key }) => {
    if (key === ' ') held = !held
    if (key === 'ArrowRight') show(nth + 1)
    if (key === 'ArrowLeft') show(nth - 1)
  })
  navigator.wakeLock?.request('screen').catch(() => {})
}
`
