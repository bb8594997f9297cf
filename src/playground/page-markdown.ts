/** In the browser: the platform's markdown as nodes. Nothing a person or the bot wrote is ever read as HTML. */
export const markdown = String.raw`
function markdown(text) {
  var holder = make('div', 'text')
  var list = null
  wholeLines(text).forEach(function (line) {
    var item = /^\s*(?:[-*+]|(\d+)\.)\s+(.*)$/s.exec(line)
    if (item) {
      var kind = item[1] ? 'OL' : 'UL'
      if (!list || list.nodeName !== kind) list = holder.appendChild(make(kind))
      return inline(item[2], list.appendChild(make('li')))
    }
    list = null
    if (/^\s*(-{3,}|<hr>)\s*$/.test(line)) return holder.append(make('hr'))
    var heading = /^(#{1,6})\s+(.*)$/s.exec(line)
    inline(heading ? heading[2] : line, holder.appendChild(make('p', heading ? 'heading' : '')))
  })
  return holder
}

/** Lines, but a tag that spans several keeps them together. */
function wholeLines(text) {
  var lines = []
  var open = ''
  text.split(/\n|<br\s*\/?>/).forEach(function (line) {
    open = open === '' ? line : open + '\n' + line
    if ((open.match(/<font\b/g) || []).length > (open.match(/<\/font>/g) || []).length) return
    lines.push(open)
    open = ''
  })
  return open === '' ? lines : lines.concat(open)
}

var spans = [
  [/\*\*(.+?)\*\*/s, function (m) { return inline(m[1], make('b')) }],
  [/~~(.+?)~~/s, function (m) { return inline(m[1], make('s')) }],
  [/\x60([^\x60]+)\x60/, function (m) { return make('code', '', literal(m[1])) }],
  [/\*([^*\s][^*]*?)\*/, function (m) { return inline(m[1], make('i')) }],
  [/!\[([^\]]*)\]\([^)]*\)/, function (m) { return make('span', 'tag', literal(m[1]) || say('picture')) }],
  [/\[([^\]]*)\]\(([^)\s]+)\)/, function (m) { return inline(m[1], link(literal(m[2]))) }],
  [/<a\b([^>]*)>(.*?)<\/a>/s, function (m) { return inline(m[2], link(attribute(m[1], 'href'))) }],
  [/<link\b([^>]*)>(.*?)<\/link>/s, function (m) { return inline(m[2], link(attribute(m[1], 'url'))) }],
  [/<text_tag\b([^>]*)>(.*?)<\/text_tag>/s, function (m) { return inline(m[2], make('span', 'tag ' + plainName(attribute(m[1], 'color') || 'neutral'))) }],
  [/<number_tag\b[^>]*>(.*?)<\/number_tag>/s, function (m) { return make('span', 'tag', literal(m[1])) }],
  [/<local_datetime\b([^>]*)>(?:<\/local_datetime>)?/, function (m) { return make('span', '', localTime(attribute(m[1], 'millisecond'))) }],
  [/<at\b([^>]*)>(?:<\/at>)?/, function (m) { return mention(attribute(m[1], 'ids') || attribute(m[1], 'id') || attribute(m[1], 'user_id') || attribute(m[1], 'email')) }],
  [/<person\b([^>]*)>(?:<\/person>)?/, function (m) { return personNode(attribute(m[1], 'id'), true) }],
  [/<raw>(.*?)<\/raw>/s, function (m) { return make('span', '', literal(m[1])) }],
]

function inline(text, into) {
  var font = /<font\b([^>]*)>/.exec(text)
  var first = null
  spans.forEach(function (span) {
    var found = span[0].exec(text)
    if (found && (!first || found.index < first.found.index)) first = { found: found, node: span[1] }
  })
  if (font && (!first || font.index < first.found.index)) return coloured(text, font, into)
  if (!first) return words_(text, into)
  words_(text.slice(0, first.found.index), into)
  into.append(first.node(first.found))
  return inline(text.slice(first.found.index + first.found[0].length), into)
}

/** Fonts nest, so the end is the one that closes this one. */
function coloured(text, font, into) {
  var from = font.index + font[0].length
  var at = from
  var depth = 1
  var tag = /<(\/?)font\b[^>]*>/g
  tag.lastIndex = from
  for (var next = tag.exec(text); next; next = tag.exec(text)) {
    depth += next[1] ? -1 : 1
    at = next.index
    if (depth === 0) break
  }
  if (depth !== 0) at = text.length
  words_(text.slice(0, font.index), into)
  var node = make('span')
  node.style.color = 'var(--' + plainName(attribute(font[1], 'color')).replace(/-\d+$/, '') + ')'
  into.append(inline(text.slice(from, at), node))
  return inline(text.slice(at).replace(/^<\/font>/, ''), into)
}

function words_(text, into) {
  text.split('\n').forEach(function (line, index) {
    if (index > 0) into.append(make('br'))
    if (line) into.append(literal(line))
  })
  return into
}

var named = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0', sim: '~', reg: '®', copy: '©' }
/** An entity stands for a character that means nothing else. */
function literal(text) {
  return text.replace(/&(?:#(\d{1,6})|([a-z]+));/g, function (whole, code, name) {
    return code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : named[name] || whole
  })
}

function attribute(text, name) {
  var found = new RegExp('(?:^|\\s)' + name + "\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\"|([^\\s>]+))").exec(text)
  return found ? literal(found[1] || found[2] || found[3] || '') : ''
}

function plainName(text) { return /^[a-z][a-z0-9_-]*$/.test(text) ? text : 'neutral' }

function link(url) {
  var node = make('a')
  if (/^(https?|tel):/.test(url)) node.href = url
  node.target = '_blank'
  node.rel = 'noopener noreferrer'
  return node
}

function mention(ids) {
  var who = ids.split(',').map(function (id) { return '@' + (id === 'all' ? say('everyone') : nameOf(id)) })
  return make('span', 'mention', who.join(' '))
}
`
