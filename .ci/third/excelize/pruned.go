package excelize

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// deepCopy copies src, or what it points to, into the variable of the same
// type that dst points to, with all that exported fields lead to.
func deepCopy(dst, src any) error {
	to, from := reflect.ValueOf(dst), reflect.ValueOf(src)
	if from.Kind() == reflect.Pointer {
		from = from.Elem()
	}
	if to.Kind() != reflect.Pointer || to.IsNil() || !from.IsValid() {
		return errors.New("deepCopy: nothing to copy, or nowhere to copy it to")
	}
	if to.Elem().Type() != from.Type() {
		return fmt.Errorf("deepCopy: a %v is no %v", from.Type(), to.Elem().Type())
	}
	to.Elem().Set(deepCopyOf(from))
	return nil
}

// deepCopyOf gives a value of the type of v that shares nothing with it but
// what unexported fields, functions and channels lead to.
func deepCopyOf(v reflect.Value) reflect.Value {
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface || v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.IsNil() {
		return v
	}
	to := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(v.Type().Elem()))
		to.Elem().Set(deepCopyOf(v.Elem()))
	case reflect.Interface:
		to.Set(deepCopyOf(v.Elem()))
	case reflect.Slice:
		to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			to.Index(i).Set(deepCopyOf(v.Index(i)))
		}
	case reflect.Array:
		for i := range v.Len() {
			to.Index(i).Set(deepCopyOf(v.Index(i)))
		}
	case reflect.Map:
		to.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for each := v.MapRange(); each.Next(); {
			to.SetMapIndex(each.Key(), deepCopyOf(each.Value()))
		}
	case reflect.Struct:
		to.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				to.Field(i).Set(deepCopyOf(v.Field(i)))
			}
		}
	default:
		to.Set(v)
	}
	return to
}

// newReaderLabel reads XML that its first line says is written in the named
// encoding. It knows UTF-8, UTF-16, the encodings of simplified Chinese and
// Latin.
func newReaderLabel(label string, input io.Reader) (io.Reader, error) {
	var e encoding.Encoding
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		e = utf16.UTF8
	case "utf-16", "utf-16le":
		e = utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	case "utf-16be":
		e = utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	case "gb18030", "gbk", "x-gbk", "gb2312", "gb_2312", "gb_2312-80", "csgb2312", "chinese", "iso-ir-58", "csiso58gb231280":
		e = simplifiedchinese.GB18030
	case "ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "l1":
		text, err := io.ReadAll(input)
		return strings.NewReader(fromLatin1(text)), err
	default:
		return nil, fmt.Errorf("unsupported charset: %q", label)
	}
	return transform.NewReader(input, e.NewDecoder()), nil
}

// fromLatin1 reads a text in which every character is one byte.
func fromLatin1(text []byte) string {
	all := make([]rune, len(text))
	for i, b := range text {
		all[i] = rune(b)
	}
	return string(all)
}

// toLatin1 writes a text as fromLatin1 reads it, up to the first character
// that has no byte.
func toLatin1(text string) []byte {
	var all []byte
	for _, r := range text {
		if r > 0xFF {
			break
		}
		all = append(all, byte(r))
	}
	return all
}

// contentType is what is noted of a file that is embedded.
func contentType([]byte) string { return "application/octet-stream" }

// titleWord begins a word with a capital letter.
func titleWord(s string) string {
	for i, r := range s {
		return string(unicode.ToTitle(r)) + s[i+len(string(r)):]
	}
	return s
}

// withCommas puts a comma before every three digits of the whole part of a
// number that is written as %f writes it.
func withCommas(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, part, hasPart := strings.Cut(s, ".")
	for _, r := range whole {
		if r < '0' || r > '9' {
			return sign + s
		}
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasPart {
		whole += "." + part
	}
	return sign + whole
}
