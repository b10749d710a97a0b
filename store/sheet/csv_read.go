package sheet

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"taizhang/model"
)

// openCSV reads a text file once for each separator that may be meant; the header
// decides between the readings.
func openCSV(ctx context.Context, data []byte, name string) ([]grid, error) {
	text, err := decodeText(data, name)
	if err != nil {
		return nil, err
	}
	var grids []grid
	for _, separator := range ",\t;" {
		if separator != ',' && !strings.ContainsRune(text, separator) {
			continue
		}
		g, err := readCSV(ctx, text, separator)
		if errors.Is(err, errTooLarge) {
			return nil, tooLarge(name)
		}
		if err != nil {
			return nil, err
		}
		grids = append(grids, g)
	}
	return grids, nil
}

// decodeText finds the encoding: a byte order mark decides, then UTF-8 when the
// bytes are valid, else GB18030, which Chinese Excel writes.
func decodeText(data []byte, name string) (string, error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	if e == nil && !utf8.Valid(data) {
		e = simplifiedchinese.GB18030
	}
	if e != nil {
		decoded, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return "", notText(name)
		}
		data = decoded
	}
	if bytes.IndexByte(data, 0) >= 0 || bytes.ContainsRune(data, utf8.RuneError) {
		return "", notText(name)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), nil
}

func notText(name string) error {
	return model.Errorf("E-SHEET-FORMAT", "“%s”不是表格,或者里面的文字编码认不出;请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name)
}

// readCSV numbers the rows as Excel shows them: a record is one row, however many
// lines it takes, and an empty line is a row as well.
func readCSV(ctx context.Context, text string, separator rune) (grid, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	var g grid
	number, nextLine, read := 0, 1, int64(0)
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return g, model.Errorf("E-SHEET-FORMAT", "第 %d 行附近的引号不成对,请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", number+1)
		}
		line, _ := r.FieldPos(0)
		number += 1 + max(0, line-nextLine)
		nextLine += strings.Count(text[read:r.InputOffset()], "\n")
		read = r.InputOffset()
		row := gridRow{number: number}
		for i, s := range fields {
			if c := textCell(unguard(s)); !c.empty() && i < maxColumns {
				for len(row.cells) <= i {
					row.cells = append(row.cells, cell{})
				}
				row.cells[i] = c
			}
		}
		if row.filled() == 0 {
			continue
		}
		if len(g.rows) >= maxRows {
			return g, errTooLarge
		}
		g.rows = append(g.rows, row)
		if err := ctx.Err(); err != nil {
			return g, err
		}
	}
}

var (
	commandLike = regexp.MustCompile(`^'*[=+\-@\t\r]`)
	numberLike  = regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`)
)

// guard keeps a spreadsheet from taking a CSV field as a formula: a text that
// begins with = + - @, a tab or a return gets an apostrophe in front, unless it is
// a number. A text that begins so after apostrophes of its own gets one more, so
// that unguard gives back exactly what was written.
func guard(s string) string {
	if commandLike.MatchString(s) && !numberLike.MatchString(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if strings.HasPrefix(s, "'") && commandLike.MatchString(s) {
		return s[1:]
	}
	return s
}
