package bundle

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// encoding/csv turns a line feed inside a value into CR LF when it writes RFC 4180
// line ends, and takes carriage returns out when it reads; a bundle holds exactly
// the stored values, so both sides are here. They are strict: one form for one table.

// appendRow writes one record: values separated by commas, quoted where needed,
// ended by CR LF. Leading and trailing blanks are quoted because some readers
// trim what is not.
func appendRow(b []byte, row []string) []byte {
	for i, v := range row {
		if i > 0 {
			b = append(b, ',')
		}
		if !needsQuotes(v) && (v != "" || len(row) > 1) {
			b = append(b, v...)
			continue
		}
		b = append(b, '"')
		b = append(b, strings.ReplaceAll(v, `"`, `""`)...)
		b = append(b, '"')
	}
	return append(b, "\r\n"...)
}

func needsQuotes(v string) bool {
	if v == "" {
		return false
	}
	for i := range len(v) {
		switch v[i] {
		case ',', '"', '\r', '\n':
			return true
		}
	}
	last := v[len(v)-1]
	if solid(v[0]) && (last < utf8.RuneSelf && solid(last) || last >= utf8.RuneSelf && len(v) >= 3 && han(v[len(v)-3])) {
		return false // most are so, and need not be looked at character by character
	}
	return strings.TrimSpace(v) != v || strings.HasPrefix(v, "\ufeff")
}

// solid tells a byte that begins a character which is neither a blank nor a byte order mark.
func solid(c byte) bool { return ' ' < c && c < utf8.RuneSelf || han(c) }

// han tells the first of the three bytes of U+4000 to U+9FFF, where no blank is.
func han(c byte) bool { return 0xe4 <= c && c <= 0xe9 }

// rowFault is what is wrong with a table, as the refusal says it.
type rowFault string

// Error implements error.
func (f rowFault) Error() string { return string(f) }

var (
	errQuote   = rowFault("引号用得不对")
	errLineEnd = rowFault("行尾不对")
	errUTF8    = rowFault("文字编码不是 UTF-8")
	errOpen    = rowFault("引号没有配对")
)

// rows reads records; width is the number of values that each must have. The
// slices handed out are not used again. It stops after an error.
func rows(r io.Reader, width int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		in := bufio.NewReaderSize(r, 8<<10) // most of a bundle's tables are short
		for line := 1; ; line++ {
			row, plain := plainRow(in, width)
			var err error
			if !plain {
				row, err = readRow(in, width)
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("第 %d 行:%w", line, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// plainRow reads a record of which every value is written as it is, as most are, where all
// of it is at hand. It reads nothing where that is not so, or anything is wrong.
func plainRow(in *bufio.Reader, width int) ([]string, bool) {
	buffered, err := in.Peek(in.Buffered())
	end := bytes.IndexByte(buffered, '\n')
	if err != nil || end < 1 || buffered[end-1] != '\r' {
		return nil, false
	}
	line := buffered[:end-1]
	if bytes.IndexByte(line, '"') >= 0 || bytes.IndexByte(line, '\r') >= 0 || bytes.Count(line, comma) != width-1 || !utf8.Valid(line) {
		return nil, false
	}
	rest, row := string(line), make([]string, 0, width)
	for range width - 1 {
		v, more, _ := strings.Cut(rest, ",")
		row, rest = append(row, v), more
	}
	if _, err := in.Discard(end + 1); err != nil {
		return nil, false
	}
	return append(row, rest), true
}

var comma = []byte{','}

func readRow(in *bufio.Reader, width int) ([]string, error) {
	if _, err := in.Peek(1); err != nil {
		return nil, err
	}
	row := make([]string, 0, width)
	for {
		v, last, err := readValue(in)
		if err != nil {
			return nil, err
		}
		if len(row) == width {
			return nil, rowFault(fmt.Sprintf("一行里多于 %d 项", width))
		}
		if !utf8.Valid(v) {
			return nil, errUTF8
		}
		row = append(row, string(v))
		if last {
			break
		}
	}
	if len(row) != width {
		return nil, rowFault(fmt.Sprintf("一行里有 %d 项,应有 %d 项", len(row), width))
	}
	return row, nil
}

// readValue reads one value and what ends it; last is true for a line end.
func readValue(in *bufio.Reader) (v []byte, last bool, err error) {
	c, err := readByte(in, errLineEnd)
	if err != nil {
		return nil, false, err
	}
	if c == '"' {
		return readQuoted(in)
	}
	for {
		switch c {
		case ',':
			return v, false, nil
		case '\r':
			return v, true, expectLF(in)
		case '\n':
			return nil, false, errLineEnd
		case '"':
			return nil, false, errQuote
		}
		v = append(v, c)
		if c, err = readByte(in, errLineEnd); err != nil {
			return nil, false, err
		}
	}
}

func readQuoted(in *bufio.Reader) (v []byte, last bool, err error) {
	for {
		c, err := readByte(in, errOpen)
		if err != nil {
			return nil, false, err
		}
		if c != '"' {
			v = append(v, c)
			continue
		}
		if c, err = readByte(in, errLineEnd); err != nil {
			return nil, false, err
		}
		switch c {
		case '"':
			v = append(v, '"')
		case ',':
			return v, false, nil
		case '\r':
			return v, true, expectLF(in)
		default:
			return nil, false, errQuote
		}
	}
}

func expectLF(in *bufio.Reader) error {
	c, err := readByte(in, errLineEnd)
	if err == nil && c != '\n' {
		return errLineEnd
	}
	return err
}

// readByte gives atEnd where the text ends in the middle of a record.
func readByte(in *bufio.Reader, atEnd error) (byte, error) {
	c, err := in.ReadByte()
	if errors.Is(err, io.EOF) {
		return 0, atEnd
	}
	return c, err
}
