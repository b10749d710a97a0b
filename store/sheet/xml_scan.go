package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner reads the elements and texts of a part of a package one after another. It
// stands in place of encoding/xml for the large parts: that one holds a text of any
// length in memory before it is counted, and gives the whole file up for one control
// character or one byte of another encoding in one cell. Here such a character only
// shows in its cell, as U+FFFD.
type scanner struct {
	r     *bufio.Reader
	open  []string // names of the elements that are open, without their prefix
	text  []byte   // reused, as are the attributes of the element begun last
	attrs []attr
	empty bool // the element just begun has no content: its end comes next
}

// The bounds of what is kept of a part at a time.
const (
	maxTag   = 64 << 10 // bytes of one tag with its attributes
	maxText  = 1 << 20  // bytes of one text; a cell holds 32,767 characters
	maxDepth = 64
)

// token is a start of an element, an end of one, or a text. Its attributes hold until the
// next token.
type token struct {
	start, end string // the name without its prefix
	attrs      []attr
	text       string
}

type attr struct{ name, value string }

func (t *token) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 32<<10)} }

var errMarkup = errors.New("no well-formed part")

// next gives the next token, io.EOF after the last. Comments, declarations and
// instructions are passed over.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		return s.close(s.open[len(s.open)-1])
	}
	for {
		c, err := s.r.ReadByte()
		if errors.Is(err, io.EOF) && len(s.open) > 0 {
			return token{}, io.ErrUnexpectedEOF
		}
		if err != nil {
			return token{}, err
		}
		if c != '<' {
			if err := s.r.UnreadByte(); err != nil {
				return token{}, err
			}
			return s.chars()
		}
		t, ok, err := s.tag()
		if ok || err != nil {
			return t, err
		}
	}
}

// chars reads a text up to the next tag.
func (s *scanner) chars() (token, error) {
	s.text = s.text[:0]
	for {
		part, err := s.r.ReadSlice('<')
		s.text = append(s.text, part...)
		switch {
		case len(s.text) > maxText:
			return token{}, errLongCell
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return token{text: readable(string(s.text), true)}, nil
		case err != nil:
			return token{}, err
		}
		s.text = s.text[:len(s.text)-1]
		if err := s.r.UnreadByte(); err != nil {
			return token{}, err
		}
		return token{text: readable(string(s.text), true)}, nil
	}
}

// tag reads what begins with <; ok is false for what is passed over.
func (s *scanner) tag() (t token, ok bool, err error) {
	c, err := s.r.ReadByte()
	if err != nil {
		return t, false, unexpected(err)
	}
	switch c {
	case '?':
		return t, false, s.skip("?>")
	case '!':
		return s.declaration()
	case '/':
		body, err := s.upTo('>')
		if err != nil {
			return t, false, err
		}
		if n := len(s.open); n > 0 && string(body) == s.open[n-1] {
			t, err = s.close(s.open[n-1])
			return t, true, err
		}
		t, err = s.close(bareName(strings.TrimSpace(string(body))))
		return t, true, err
	}
	if err := s.r.UnreadByte(); err != nil {
		return t, false, err
	}
	body, err := s.upTo('>')
	if err != nil {
		return t, false, err
	}
	if name, ok := bareTags[string(body)]; ok {
		t, err = s.begin(name)
	} else {
		t, err = s.begin(string(body))
	}
	return t, true, err
}

// bareTags are the tags that come by the ten thousand and have no attributes.
var bareTags = map[string]string{"v": "v", "t": "t", "is": "is", "f": "f", "r": "r", "si": "si"}

// declaration reads <!-- … -->, <![CDATA[ … ]]> or <!DOCTYPE …>. A document type that
// declares entities is how a small file is made to unpack without end: none is read.
func (s *scanner) declaration() (t token, ok bool, err error) {
	head, err := s.r.Peek(7)
	switch {
	case strings.HasPrefix(string(head), "--"):
		return t, false, s.skip("-->")
	case string(head) == "[CDATA[":
		if _, err := s.r.Discard(7); err != nil {
			return t, false, err
		}
		text, err := s.until("]]>")
		return token{text: readable(string(text), false)}, true, err
	case err != nil:
		return t, false, unexpected(err)
	}
	return t, false, errMarkup
}

// upTo reads to the end of a tag; a > inside quotes is none.
func (s *scanner) upTo(end byte) ([]byte, error) {
	s.text = s.text[:0]
	quote := byte(0)
	for {
		part, err := s.r.ReadSlice(end)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, unexpected(err)
		}
		for _, c := range part {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '<':
				return nil, errMarkup
			}
		}
		s.text = append(s.text, part...)
		if len(s.text) > maxTag+1 {
			return nil, errTooLarge
		}
		if err == nil && quote == 0 {
			return s.text[:len(s.text)-1], nil
		}
	}
}

func (s *scanner) until(end string) ([]byte, error) {
	s.text = s.text[:0]
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return nil, unexpected(err)
		}
		s.text = append(s.text, c)
		if strings.HasSuffix(string(s.text[max(0, len(s.text)-len(end)):]), end) {
			return s.text[:len(s.text)-len(end)], nil
		}
		if len(s.text) > maxText {
			return nil, errTooLarge
		}
	}
}

func (s *scanner) skip(end string) error { _, err := s.until(end); return err }

func (s *scanner) begin(body string) (token, error) {
	if strings.HasSuffix(body, "/") {
		s.empty, body = true, body[:len(body)-1]
	}
	name, rest := body, ""
	if i := strings.IndexAny(body, " \t\r\n"); i >= 0 {
		name, rest = body[:i], body[i:]
	}
	t := token{start: bareName(name), attrs: s.attrs[:0]}
	if t.start == "" || len(s.open) >= maxDepth {
		return t, errMarkup
	}
	s.open = append(s.open, t.start)
	for {
		if rest = strings.TrimLeft(rest, " \t\r\n"); rest == "" {
			s.attrs = t.attrs
			return t, nil
		}
		name, after, ok := strings.Cut(rest, "=")
		after = strings.TrimLeft(after, " \t\r\n")
		if !ok || after == "" || after[0] != '"' && after[0] != '\'' {
			return t, errMarkup
		}
		value, more, ok := strings.Cut(after[1:], after[:1])
		if !ok {
			return t, errMarkup
		}
		t.attrs = append(t.attrs, attr{bareName(strings.TrimSpace(name)), readable(value, true)})
		rest = more
	}
}

func (s *scanner) close(name string) (token, error) {
	if len(s.open) == 0 || s.open[len(s.open)-1] != name {
		return token{}, fmt.Errorf("%w: end of %q", errMarkup, name)
	}
	s.open = s.open[:len(s.open)-1]
	return token{end: name}, nil
}

func bareName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// readable resolves the references in a text, where it has any, and shows each byte
// that is no UTF-8 as U+FFFD. A control character stays, for Clean to drop.
func readable(s string, references bool) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	if !references || !strings.Contains(s, "&") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s[:min(len(s), 12)], ';')
		text, ok := "", false
		if end > 1 {
			text, ok = reference(s[1:end])
		}
		if !ok { // an & that nobody wrote as &amp;
			out.WriteByte('&')
			s = s[1:]
			continue
		}
		out.WriteString(text)
		s = s[end+1:]
	}
}

func reference(name string) (string, bool) {
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		text, ok := entities[name]
		return text, ok
	}
	base := 10
	if hex, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		return "", false
	}
	return string(rune(n)), true
}
