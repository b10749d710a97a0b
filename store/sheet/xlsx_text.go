package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"taizhang/model"
)

// richText is a text of a cell, and whether all or some of it is struck out.
type richText struct {
	text   string
	struck bool
}

var declared = model.NewPattern(`^<\?xml[^>]*encoding=["']([A-Za-z0-9_-]+)["']`)

// decodedPart gives a part as UTF-8. The format allows UTF-16 too, and some programs
// write the encoding of their own system.
func decodedPart(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 4096)
	head, err := b.Peek(120)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		if p := declared.FindSubmatch(head); p != nil && strings.HasPrefix(strings.ToLower(string(p[1])), "gb") {
			e = simplifiedchinese.GB18030
		}
	}
	if e == nil {
		return b, nil
	}
	return e.NewDecoder().Reader(b), nil
}

func (w *workbook) readStrings(key string) error {
	total := 0
	return w.each(key, func(s *scanner, t token) error {
		if t.start != "si" {
			return nil
		}
		text, err := s.rich()
		if err != nil {
			return err
		}
		if total += len(text.text); len(w.strings) >= maxCells || total > maxKept {
			return errManyCells
		}
		w.strings = append(w.strings, text)
		return nil
	})
}

// rich reads the rest of the element that was begun last as a plain or rich text;
// phonetic runs (rPh) are no part of it. A run that is struck out is marked.
func (s *scanner) rich() (richText, error) {
	depth := len(s.open)
	var out richText
	var b pieces
	phonetic := 0
	for {
		t, err := s.next()
		if err != nil {
			return out, unexpected(err)
		}
		switch {
		case t.end != "" && len(s.open) < depth:
			out.text = unescapeText(b.String())
			return out, tooLong(out.text)
		case t.start == "rPh":
			phonetic = len(s.open)
		case t.end == "rPh":
			phonetic = 0
		case t.start == "strike":
			out.struck = out.struck || t.attr("val") != "0" && t.attr("val") != "false"
		case t.start == "" && t.end == "" && phonetic == 0 && s.open[len(s.open)-1] == "t":
			if b.add(t.text); b.Len() > maxText {
				return out, errLongCell
			}
		}
	}
}

// pieces joins the pieces of a text; most texts are of one.
type pieces struct {
	only string // while there is no other
	more strings.Builder
}

func (p *pieces) add(s string) {
	switch {
	case p.more.Len() > 0:
		p.more.WriteString(s)
	case p.only == "":
		p.only = s
	default:
		p.more.WriteString(p.only)
		p.more.WriteString(s)
	}
}

// Len gives the bytes of the text.
func (p *pieces) Len() int { return max(len(p.only), p.more.Len()) }

// String gives the text.
func (p *pieces) String() string {
	if p.more.Len() > 0 {
		return p.more.String()
	}
	return p.only
}

// plainText reads the text of the element that was begun last.
func (s *scanner) plainText() (string, error) {
	depth := len(s.open)
	var text pieces
	for {
		t, err := s.next()
		if err != nil {
			return "", unexpected(err)
		}
		if t.end != "" && len(s.open) < depth {
			return text.String(), nil
		}
		if text.add(t.text); text.Len() > maxText {
			return "", errLongCell
		}
	}
}

// tooLong refuses a text that no spreadsheet can have written: a cell holds 32,767
// UTF-16 units.
func tooLong(s string) error {
	if len(s) <= maxCell {
		return nil
	}
	units := 0
	for _, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
	}
	if units > maxCell {
		return fmt.Errorf("%w: %d", errLongCell, units)
	}
	return nil
}
