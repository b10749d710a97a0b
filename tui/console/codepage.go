package console

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// Target is where something is written or read that is not the screen.
type Target int

// The targets.
const (
	Screen Target = iota // the console itself: the system takes any character
	File                 // a file into which > leads
	Pipe                 // another program
)

// chinese reports whether a code page of Windows is that of simplified Chinese (936) or
// of GB18030 (54936), which holds it.
func chinese(page uint32) bool { return page == 936 || page == 54936 }

const mark = "\uFEFF" // by which Excel and 记事本 know UTF-8 (BOM)

// encoded gives a writer for text in UTF-8. A file gets UTF-8 with the mark at its
// beginning, since programs of a Chinese Windows take a file without it for GBK, and since
// names hold characters that GBK lacks. Another program gets what the console's code page
// says, as find, more and PowerShell expect: GB18030 for 936, else UTF-8. Where bare tells
// so when the first bytes are written, as for JSON, nothing is changed.
func encoded(w io.Writer, to Target, page uint32, empty func() bool, bare func() bool) io.Writer {
	if to == Screen {
		return w
	}
	return &encoder{w: w, to: to, page: page, empty: empty, bare: bare}
}

type encoder struct {
	w     io.Writer
	to    Target
	page  uint32
	empty func() bool // whether the file is, at the beginning
	bare  func() bool
	began bool
}

func (e *encoder) Write(p []byte) (int, error) {
	if !e.began && len(p) > 0 {
		e.began = true
		switch {
		case e.bare():
		case e.to == File && e.empty() && !bytes.HasPrefix(p, []byte(mark)):
			if _, err := io.WriteString(e.w, mark); err != nil {
				return 0, err
			}
		case e.to == Pipe && chinese(e.page):
			e.w = transform.NewWriter(e.w, simplifiedchinese.GB18030.NewEncoder())
		}
	}
	return e.w.Write(p)
}

// decoded gives a reader of what a file or another program writes to the program: lines
// in UTF-8, with the mark or without, or in the code page of a Chinese console.
func decoded(r io.Reader, from Target, page uint32) io.Reader {
	if from == Screen {
		return r
	}
	return &decoder{in: bufio.NewReader(r), page: page}
}

type decoder struct {
	in    *bufio.Reader
	page  uint32
	began bool
	left  string
}

func (d *decoder) Read(p []byte) (int, error) {
	for d.left == "" {
		line, err := d.in.ReadString('\n')
		if !d.began {
			line, d.began = strings.TrimPrefix(line, mark), true
		}
		if d.left = fromPage(line, d.page); d.left == "" && err != nil {
			return 0, err
		}
	}
	n := copy(p, d.left)
	d.left = d.left[n:]
	return n, nil
}

// fromPage reads a line that is in UTF-8 or in a code page. Chinese takes three or four
// bytes a character in UTF-8: a line that could be UTF-8 but has only characters of two is
// GBK, which happens to look so.
func fromPage(line string, page uint32) string {
	if !chinese(page) || utf8.ValidString(line) && !onlyOfTwoBytes(line) {
		return line
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(line)
	if err != nil || strings.ContainsRune(text, utf8.RuneError) {
		return line
	}
	return text
}

// onlyOfTwoBytes reports whether a text has characters beyond ASCII, and all of them are of
// two bytes.
func onlyOfTwoBytes(text string) bool {
	found := false
	for _, r := range text {
		n := utf8.RuneLen(r)
		if n > 2 {
			return false
		}
		found = found || n == 2
	}
	return found
}
