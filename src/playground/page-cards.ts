/** In the browser: a card as nodes. The path given along is the control's place, by which a press names it. */
export const cards = String.raw`
function cardNode(message) {
  var card = message.content
  var config = card.config || {}
  var node = make('article', 'card' + (config.width_mode === 'compact' ? ' compact' : ''))
  if (card.header) node.append(headerNode(card.header))
  var body = make('section')
  var around = { message: message, form: null }
  children(body, card.body.elements, 'body.elements', around)
  node.append(body)
  return node
}

function headerNode(header) {
  var node = make('header', plainName(header.template || 'default'))
  node.append(make('strong', '', spoken(header.title)))
  var tags = (header.i18n_text_tag_list || {})[locale()] || header.text_tag_list || []
  tags.slice(0, 3).forEach(function (tag) { node.append(make('span', 'tag ' + plainName(tag.color || 'neutral'), spoken(tag.text))) })
  if (header.subtitle && spoken(header.subtitle)) node.append(make('p', '', spoken(header.subtitle)))
  return node
}

function children(into, elements, path, around) {
  ;(elements || []).forEach(function (element, index) {
    into.append(elementNode(element, path + '[' + index + ']', around))
  })
  return into
}

function elementNode(element, path, around) {
  var draw = draws[element.tag]
  return draw ? draw(element, path, around) : make('div', 'stub', element.tag + ' · ' + say('notShown'))
}

function written(element) {
  var node = markdown(spoken(element))
  if (element.text_size) node.classList.add(plainName(element.text_size))
  if (element.text_align) node.style.textAlign = plainName(element.text_align)
  return node
}

function textNode(text) {
  if (text.tag !== 'plain_text') return written(text)
  var node = make('div', 'text' + (text.text_size ? ' ' + plainName(text.text_size) : ''), spoken(text))
  if (text.text_color) node.style.color = 'var(--' + plainName(text.text_color).replace(/-\d+$/, '') + ', inherit)'
  return node
}

var draws = {
  markdown: written,
  hr: function () { return make('hr', 'rule') },
  div: function (element) {
    var node = make('div', 'column')
    if (element.text) node.append(textNode(element.text))
    ;(element.fields || []).forEach(function (field) { node.append(textNode(field.text)) })
    return node
  },
  column_set: function (element, path, around) {
    var node = make('div', 'columns' + (element.flex_mode === 'flow' ? ' flow' : ''))
    ;(element.columns || []).forEach(function (column, index) {
      var inner = make('div', 'column' + (column.background_style && column.background_style !== 'default' ? ' filled' : ''))
      if (column.width === 'weighted') inner.style.flex = String(Number(column.weight) || 1) + ' 1 0'
      else if (/^\d+px$/.test(column.width)) inner.style.flex = '0 0 ' + column.width
      node.append(children(inner, column.elements, path + '.columns[' + index + '].elements', around))
    })
    return node
  },
  collapsible_panel: function (element, path, around) {
    var node = make('details')
    node.open = element.expanded === true
    node.append(make('summary'))
    node.firstChild.append(textNode(element.header.title))
    node.append(children(make('div'), element.elements, path + '.elements', around))
    return node
  },
  interactive_container: function (element, path, around) {
    var node = children(make('div', 'container'), element.elements, path + '.elements', around)
    if (element.behaviors) node.onclick = function () { pressed(node, element, path, around, {}) }
    return node
  },
  form: function (element, path, around) {
    return children(make('div', 'form'), element.elements, path + '.elements', { message: around.message, form: { fields: {} } })
  },
  button: buttonNode,
  overflow: function (element, path, around) { return chooser(element, path, around, element.options || []) },
  input: function (element, path, around) {
    var long = element.input_type === 'multiline_text'
    var box = make(long ? 'textarea' : 'input')
    if (!long) box.type = element.input_type === 'password' ? 'password' : 'text'
    if (long) box.rows = element.rows || 3
    if (element.max_length) box.maxLength = element.max_length
    box.value = spoken({ content: element.default_value, i18n_content: element.i18n_default_value })
    if (element.placeholder) box.placeholder = spoken(element.placeholder)
    return control(element, path, around, box, function () { return box.value }, 'input')
  },
  select_static: function (element, path, around) { return chooser(element, path, around, element.options || []) },
  select_person: function (element, path, around) { return chooser(element, path, around, peopleOptions(element, around)) },
  multi_select_static: function (element, path, around) { return severalOf(element, path, around, element.options || []) },
  multi_select_person: function (element, path, around) { return severalOf(element, path, around, peopleOptions(element, around)) },
  date_picker: function (element, path, around) { return picker(element, path, around, 'date', element.initial_date) },
  picker_time: function (element, path, around) { return picker(element, path, around, 'time', element.initial_time) },
  picker_datetime: function (element, path, around) { return picker(element, path, around, 'datetime-local', element.initial_datetime) },
  checker: function (element, path, around) {
    var row = make('label')
    var box = row.appendChild(make('input'))
    box.type = 'checkbox'
    box.checked = element.checked === true
    box.onchange = function () { if (!around.form && element.behaviors) pressed(box, element, path, around, { checked: box.checked }) }
    if (element.text) row.append(' ', spoken(element.text))
    if (around.form) around.form.fields[element.name] = { node: row, read: function () { return box.checked } }
    return row
  },
  table: tableNode,
  person: function (element) { return personNode(element.user_id, element.show_name === true) },
  person_list: function (element) {
    var node = make('div', 'people')
    ;(element.persons || []).forEach(function (person) { node.append(personNode(person.id, element.show_name !== false)) })
    return node
  },
  img: function (element) { return make('div', 'stub', say('picture') + ' ' + spoken(element.alt)) },
  img_combination: function () { return make('div', 'stub', say('picture')) },
  audio: function () { return make('div', 'stub', say('audio')) },
  chart: chartNode,
}

function buttonNode(element, path, around) {
  var node = make('button', 'press ' + plainName(element.type || 'default') + (element.width === 'fill' ? ' wide' : ''), spoken(element.text))
  node.type = 'button'
  node.disabled = element.disabled === true
  if (element.hover_tips) node.title = spoken(element.hover_tips)
  node.onclick = function () {
    if (element.form_action_type === 'reset') return redraw(around.message)
    if (!element.confirm) return pressed(node, element, path, around, {})
    ask(spoken(element.confirm.title), spoken(element.confirm.text), function () { pressed(node, element, path, around, {}) })
  }
  return node
}

/** A control in a form waits for the submit; alone it tells the bot at once. */
function control(element, path, around, box, read, key) {
  var node = make(box.nodeName === 'FIELDSET' ? 'div' : 'label', 'field')
  var label = spoken(element.label) || (around.form && box.nodeName !== 'INPUT' && spoken(element.placeholder)) || (/^(date|time)/.test(box.type) ? spoken(element.placeholder) : '')
  if (label) node.append(make('span', '', label))
  if (label && element.required) node.firstChild.append(make('i', '', ' *'))
  node.append(box)
  box.disabled = element.disabled === true
  if (around.form) around.form.fields[element.name] = { node: node, read: read }
  else
    box.addEventListener('change', function () {
      var said = {}
      said[key] = read()
      if (read() !== '') pressed(box, element, path, around, said)
    })
  return node
}

function chooser(element, path, around, options) {
  var box = make('select')
  box.append(new Option(spoken(element.placeholder) || say('choose'), ''))
  options.forEach(function (option) { box.append(new Option(spoken(option.text), option.value)) })
  var indexed = options[element.initial_index - 1]
  box.value = element.initial_option || (indexed ? indexed.value : '')
  return control(element, path, around, box, function () { return box.value }, 'option')
}

function severalOf(element, path, around, options) {
  var box = make('fieldset')
  options.forEach(function (option) {
    var row = box.appendChild(make('label'))
    var tick = row.appendChild(make('input'))
    tick.type = 'checkbox'
    tick.value = option.value
    tick.checked = (element.selected_values || []).indexOf(option.value) >= 0
    row.append(' ' + spoken(option.text))
  })
  return control(element, path, around, box, function () {
    return Array.from(box.querySelectorAll('input:checked'), function (tick) { return tick.value })
  }, 'options')
}

function picker(element, path, around, type, initial) {
  var box = make('input')
  box.type = type
  if (initial) box.value = initial.replace(' ', 'T')
  return control(element, path, around, box, function () { return box.value.replace('T', ' ') }, 'option')
}

/** No options means every member of the chat. */
function peopleOptions(element, around) {
  var ids = (element.options || []).map(function (option) { return option.value })
  if (ids.length === 0) ids = (chatOf(around.message.chatId) || { members: [] }).members
  return ids.map(function (id) { return { text: { content: nameOf(id) }, value: id } })
}

function tableNode(element) {
  var holder = make('div', 'scroll')
  var table = holder.appendChild(make('table'))
  var head = table.createTHead().insertRow()
  element.columns.forEach(function (column) { head.append(make('th', '', column.display_name || column.name)) })
  var body = table.createTBody()
  ;(element.rows || []).forEach(function (row) {
    var line = body.insertRow()
    element.columns.forEach(function (column) { line.append(cellNode(column, row[column.name])) })
  })
  return holder
}

function cellNode(column, value) {
  var cell = make('td', column.data_type === 'number' ? 'number' : '')
  if (value === undefined) return cell
  if (column.data_type === 'date') cell.append(localTime(value))
  else if (/markdown|lark_md/.test(column.data_type)) cell.append(markdown(String(value)))
  else if (column.data_type === 'persons') [].concat(value).forEach(function (id) { cell.append(personNode(id, true)) })
  else if (Array.isArray(value)) value.forEach(function (one) { cell.append(make('span', 'tag ' + plainName(one.color || 'neutral'), String(one.text))) })
  else cell.append(String(value))
  return cell
}

/** As text: its title, and each datum on a line. */
function chartNode(element) {
  var spec = element.chart_spec || {}
  var sets = [].concat(spec.data || [])
  var lines = sets.flatMap(function (set) { return set.values || [] }).map(function (datum) { return Object.values(datum).join('  ') })
  return make('div', 'stub', [say('chart') + ' · ' + String((spec.title && spec.title.text) || spec.type || '')].concat(lines).join('\n'))
}

function personNode(id, withName) {
  var node = make('span', 'person')
  node.append(face(nameOf(id), id))
  if (withName) node.append(nameOf(id))
  return node
}
`
