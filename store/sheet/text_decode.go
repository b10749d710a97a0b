package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"taizhang/model"
)

// decodeText finds the encoding: a byte order mark decides, then zeros (UTF-16), then
// UTF-8 when nearly all bytes are valid, else GB18030, which Chinese Excel writes. What
// can't be decoded is U+FFFD and spoils only its cell, as long as it is little.
func decodeText(data []byte, name string) (string, error) {
	text, err := decoded(data)
	if err != nil {
		return "", notText(name)
	}
	bad := strings.Count(text, string(utf8.RuneError)) + strings.Count(text, "\x00")
	if bad > 3 && bad > utf8.RuneCountInString(text)/20 {
		return "", notText(name)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

func decoded(data []byte) (string, error) {
	e := encodingOf(data)
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if e == nil {
		return strings.ToValidUTF8(string(data), string(utf8.RuneError)), nil
	}
	if e == simplifiedchinese.GB18030 {
		data = newerGB(data)
	}
	out, err := e.NewDecoder().Bytes(data)
	return string(out), err
}

// encodingOf gives nil for UTF-8.
func encodingOf(data []byte) encoding.Encoding {
	head := data[:min(len(data), 4096)]
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), zeros[1] > len(head)/20 && zeros[0] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), zeros[0] > len(head)/20 && zeros[1] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case mostlyUTF8(data):
		return nil
	}
	return simplifiedchinese.GB18030
}

// mostlyUTF8 reports whether a text is UTF-8 but for a few bytes that are broken. In a
// GB18030 text three bytes that happen to be a character of UTF-8 are rare.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size <= 1:
			bad++
		case size >= 3:
			good++
		}
		data = data[size:]
	}
	return bad == 0 || good > 9*bad
}

// newerGB rewrites the two-byte codes that GB 18030 has given a character since the
// table that the decoder goes by, as four-byte codes of the same character.
func newerGB(data []byte) []byte {
	if !bytes.Contains(data, []byte("\xA8\xBC")) {
		return data
	}
	out := make([]byte, 0, len(data)+8)
	for i := 0; i < len(data); {
		switch {
		case data[i] < 0x81 || i+1 >= len(data):
			out = append(out, data[i])
			i++
		case data[i] == 0xA8 && data[i+1] == 0xBC: // ḿ, U+1E3F
			out = append(out, "\x81\x35\xF4\x37"...)
			i += 2
		case data[i+1] >= 0x30 && data[i+1] <= 0x39 && i+3 < len(data):
			out = append(out, data[i:i+4]...)
			i += 4
		default:
			out = append(out, data[i:i+2]...)
			i += 2
		}
	}
	return out
}

func notText(name string) error {
	return model.Errorf("E-SHEET-FORMAT", "“%s”不是表格,或者里面的文字编码认不出;请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name)
}
