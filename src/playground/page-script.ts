/** In the browser: who I am, where I am, what was said; asks for news each second. */
export const script = String.raw`
var me = remembered('me')
var where = remembered('where')
var language = remembered('language') || (/^zh/.test(navigator.language) ? 'zh' : 'en')
var state = null
var drawn = new Map()
var unheard = new Map()
var toastsSeen = null

function $(id) { return document.getElementById(id) }
function remembered(key) { try { return localStorage.getItem('playground ' + key) || '' } catch (_) { return '' } }
function remember(key, value) { try { localStorage.setItem('playground ' + key, value) } catch (_) {} }
function say(word) { return words[word][language] }
function locale() { return language === 'zh' ? 'zh_cn' : 'en_us' }
function spoken(text) {
  if (!text) return ''
  if (typeof text === 'string') return text
  return (text.i18n_content && (text.i18n_content[locale()] || text.i18n_content.en_us)) || text.content || ''
}
function make(tag, name, text) {
  var node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined) node.textContent = text
  return node
}

function personOf(id) { return state.people.find(function (person) { return person.openId === id }) }
function nameOf(id) { var person = personOf(id); return person ? person.name : id === state.bot.openId ? state.bot.name : say('unknown') }
function chatOf(id) { return state.chats.find(function (chat) { return chat.chatId === id }) }
function face(name, id) {
  var node = make('span', 'face', name.slice(-1))
  var hue = 0
  for (var i = 0; i < id.length; i++) hue = (hue * 31 + id.charCodeAt(i)) % 360
  node.style.setProperty('--hue', (hue * 137) % 360)
  return node
}

async function post(path, body) {
  var response = await fetch('/playground/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  var answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

var asking = null
/** One question at a time: whoever asks meanwhile waits for a fresh one. */
async function refresh() {
  while (asking) await asking
  asking = news().finally(function () { asking = null })
  return asking
}
async function news() {
  try {
    var query = new URLSearchParams({ as: me, since: state && state.as === me ? state.version : '' })
    var fresh = await (await fetch('/playground/state?' + query)).json()
    $('app').classList.remove('lost')
    drawClock(fresh)
    if (!fresh.people) return
    state = fresh
    me = state.as
    draw()
  } catch (_) {
    if (!$('app').classList.contains('lost')) toast('error', say('lost'))
    $('app').classList.add('lost')
  }
}

function draw() {
  if (!chatOf(where)) where = (state.chats[0] || {}).chatId
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = say('title')
  document.querySelectorAll('[data-say]').forEach(function (node) { node.textContent = say(node.dataset.say) })
  $('language').textContent = language === 'zh' ? 'English' : '中文'
  $('text').placeholder = say('placeholder')
  $('newcomer').firstElementChild.placeholder = say('nameOf')
  $('people').replaceChildren.apply($('people'), state.people.map(personPick))
  $('chats').replaceChildren.apply($('chats'), state.chats.map(chatPick))
  drawWhere()
  drawStream()
  state.toasts.forEach(function (it) {
    if (toastsSeen !== null && it.number > toastsSeen) toast(it.type, it.error ? say('wrong') + ' (' + it.error + ')' : it.i18n[locale()] || it.content || it.i18n.en_us || it.i18n.zh_cn)
  })
  toastsSeen = state.toastCount
}

function pick(avatar, title, note, on, chosen) {
  var node = make('button', 'pick')
  node.type = 'button'
  node.setAttribute('aria-pressed', String(on))
  var lines = make('span')
  lines.append(make('b', '', title))
  if (note) lines.append(make('small', '', note))
  node.append(avatar, lines)
  node.onclick = chosen
  return node
}
function personPick(person) {
  return pick(face(person.name, person.openId), person.name, person.role ? person.role[language] : '', person.openId === me, function () {
    me = person.openId
    remember('me', me)
    drawn.clear()
    toastsSeen = null
    refresh()
  })
}
function chatPick(chat) {
  var direct = chat.mode === 'p2p'
  var avatar = make('span', direct ? 'face bot' : 'face crowd', (direct ? state.bot.name : chat.name).slice(0, 1))
  var note = direct ? say('direct') : chat.status === 'dissolved' ? say('dissolved') : chat.members.length + ' ' + say('members')
  return pick(avatar, direct ? state.bot.name : chat.name, note, chat.chatId === where, function () {
    where = chat.chatId
    remember('where', where)
    if (direct) post('enter', { as: me }).then(refresh, function () {})
    draw()
    $('stream').scrollTop = $('stream').scrollHeight
  })
}

function drawWhere() {
  var chat = chatOf(where) || { name: '', mode: 'group', members: [], hasBot: true }
  var direct = chat.mode === 'p2p'
  var lacksBot = !chat.hasBot && chat.status === 'normal'
  $('where').replaceChildren(make('span', '', direct ? state.bot.name : chat.name), make('small', '', direct ? say('direct') : lacksBot ? say('withoutBot') : chat.members.length + ' ' + say('members')))
  $('where').classList.toggle('acts', lacksBot)
  if (lacksBot) {
    var invite = $('where').appendChild(make('button', 'main', say('invite')))
    invite.onclick = function () { post('invite', { as: me, chat: where }).then(refresh, complain) }
  }
  $('mention').hidden = direct
}

function drawStream() {
  var stream = $('stream')
  var atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80
  var here = state.messages.filter(function (message) { return message.chatId === where })
  var nodes = []
  var lastDay = ''
  here.forEach(function (message) {
    var day = beijing(message.at).slice(0, 10)
    if (day !== lastDay) nodes.push(make('div', 'day', day))
    lastDay = day
    nodes.push(messageNode(message))
  })
  var grown = stream.dataset.last !== where + here.length
  stream.dataset.last = where + here.length
  var kept = nodes.length === stream.children.length && nodes.every(function (node, i) { return node === stream.children[i] || (node.className === 'day' && stream.children[i].textContent === node.textContent) })
  if (!kept) stream.replaceChildren.apply(stream, nodes.length ? nodes : [make('div', 'nothing', say('empty'))])
  if (grown || atEnd) stream.scrollTop = stream.scrollHeight
}

/** Drawn anew only when it changed, so that what is being filled in stays. */
function messageNode(message) {
  var key = [message.versions, message.deleted, language, unheard.get(message.id)].join()
  var before = drawn.get(message.id)
  if (before && before.key === key) return before.node
  var mine = message.sender === me
  var byBot = message.senderKind === 'app'
  var node = make('div', 'message' + (mine ? ' mine' : ''))
  var avatar = byBot ? make('span', 'face bot', state.bot.name.slice(0, 1)) : face(nameOf(message.sender), message.sender)
  var inner = make('div')
  inner.append(make('div', 'by', (byBot ? state.bot.name : nameOf(message.sender)) + '  ' + beijing(message.at).slice(11)))
  inner.append(message.deleted ? make('div', 'bubble', say('gone')) : message.type === 'interactive' ? cardNode(message) : bubble(message))
  if (message.versions > 1) inner.append(make('div', 'hint', say('edited')))
  if (unheard.has(message.id)) inner.append(make('div', 'hint', say(unheard.get(message.id))))
  node.append(avatar, inner)
  node.dataset.message = message.id
  drawn.set(message.id, { key: key, node: node })
  return node
}
function redraw(message) { drawn.delete(message.id); drawStream() }

function bubble(message) {
  var node = make('div', 'bubble')
  var text = message.type === 'text' ? message.content.text : postText(message.content)
  var names = state.people.map(function (person) { return person.name }).concat(state.bot.name)
  text.split(/(<at user_id="[^"]*">[^<]*<\/at>|@[^\s@]+)/).forEach(function (piece) {
    var at = /^<at user_id="([^"]*)">/.exec(piece)
    if (at) return node.append(mention(at[1]))
    var name = piece[0] === '@' && names.find(function (one) { return piece.slice(1).startsWith(one) })
    if (!name) return node.append(piece)
    node.append(make('span', 'mention', '@' + name), piece.slice(1 + name.length))
  })
  return node
}
function postText(content) {
  var post = content[locale()] || content.zh_cn || content
  return [post.title].concat((post.content || []).map(function (line) { return line.map(function (span) { return span.text || '' }).join('') })).filter(Boolean).join('\n')
}

async function pressed(node, element, path, around, entered) {
  var url = (element.behaviors || []).filter(function (one) { return one.type === 'open_url' }).map(function (one) { return one.default_url })[0]
  if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener')
  var fields = around.form ? around.form.fields : {}
  var form = {}
  Object.keys(fields).forEach(function (name) {
    var value = fields[name].read()
    if (value !== '' && value.length !== 0) form[name] = value
    fields[name].node.classList.remove('missing')
  })
  node.disabled = true
  try {
    var answer = await post('press', Object.assign({ as: me, message: around.message.id, path: path, form: form }, entered))
    var missing = (answer.body && !answer.delivered && answer.body.missing) || []
    missing.forEach(function (name) { fields[name].node.classList.add('missing') })
    if (missing.length) toast('warning', say('required'))
  } catch (error) {
    complain(error)
  }
  node.disabled = element.disabled === true
  await refresh()
}

function toast(type, text) {
  var node = $('toasts').appendChild(make('div', 'toast ' + plainName(type), text))
  setTimeout(function () { node.remove() }, 4000)
}
function complain(error) { toast('error', (error && error.message) || say('lost')) }

function ask(title, text, yes) {
  var dialog = $('ask')
  dialog.querySelector('h2').textContent = title
  dialog.querySelector('p').textContent = text
  dialog.onclose = function () { if (dialog.returnValue === 'yes') yes() }
  dialog.returnValue = ''
  dialog.showModal()
}

var OFFSET = 8 * 3600000
/** "2026-10-08 09:00", whatever zone the browser is in. */
function beijing(at) { return new Date(new Date(at).getTime() + OFFSET).toISOString().slice(0, 16).replace('T', ' ') }
function localTime(milliseconds) { return milliseconds ? beijing(Number(milliseconds)) : '' }
function drawClock(fresh) {
  var weekday = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(fresh.now))
  $('now').textContent = beijing(fresh.now) + ' ' + weekday
  $('now').dataset.at = fresh.now
  $('kind').textContent = fresh.day[language]
  $('kind').hidden = !fresh.day[language]
}
function moveTo(at) { post('clock', { to: new Date(at).toISOString() }).then(refresh, complain) }
function nowIs() { return new Date($('now').dataset.at).getTime() }

$('language').onclick = function () {
  language = language === 'zh' ? 'en' : 'zh'
  remember('language', language)
  drawn.clear()
  draw()
}
$('mention').onclick = function () {
  var text = $('text')
  var said = '@' + state.bot.name + ' '
  if (!text.value.startsWith(said)) text.value = said + text.value
  text.focus()
}
$('say').onsubmit = async function (event) {
  event.preventDefault()
  var text = $('text').value.trim()
  if (!text) return
  $('text').value = ''
  try {
    var answer = await post('say', { as: me, chat: where, text: text })
    if (!answer.delivered) unheard.set(answer.messageId, 'unheard')
    else if (answer.error) unheard.set(answer.messageId, 'unanswered')
  } catch (error) {
    complain(error)
  }
  await refresh()
  redraw({ id: answer && answer.messageId })
}
$('five').onclick = function () { moveTo(nowIs() + 5 * 60000) }
$('hour').onclick = function () { moveTo(nowIs() + 60 * 60000) }
$('next').onclick = function () { moveTo(Date.parse(beijing(nowIs() + 24 * 3600000).slice(0, 10) + 'T09:00:00+08:00')) }
$('to').onclick = function () {
  $('jump').hidden = !$('jump').hidden
  $('moment').value = beijing(nowIs()).replace(' ', 'T')
}
$('jump').onsubmit = function (event) {
  event.preventDefault()
  $('jump').hidden = true
  if ($('moment').value) moveTo($('moment').value + ':00+08:00')
}
$('newcomer').onsubmit = function (event) {
  event.preventDefault()
  var box = $('newcomer').firstElementChild
  if (box.value.trim()) post('people', { name: box.value.trim(), chat: where }).then(refresh, complain)
  box.value = ''
}

async function follow() {
  await refresh()
  setTimeout(follow, 1000)
}
follow()
`
