package bundle

import (
	"reflect"

	"taizhang/model"
)

// What nothing in a bundle can be before or after: the party's first month, and the end
// of the calendar that the program knows.
const (
	firstMonth model.Month = "1921-01"
	lastMonth  model.Month = "2200-12"
	firstStamp             = "1921-01-01T00:00:00Z"
)

// maxToken bounds an id or a code, in characters.
const maxToken = 80

// token is an id, a code or the name of a kind or a field: what a program made up.
var token = model.NewPattern(`^[0-9A-Za-z._-]{0,80}$`)

// sound tells whether the findings of a village name their records as programs do.
// Their sentences are cleaned where they are read.
func (p *Problems) sound() bool {
	for _, f := range p.List {
		if !token.MatchString(f.Kind) || !token.MatchString(f.ID) || !token.MatchString(f.Field) || !token.MatchString(f.Code) {
			return false
		}
	}
	return len(p.List) <= MaxProblems
}

// hidden tells whether any text of the values, the keys of maps too, holds a character
// that shows nothing but does something (model.Hidden). Texts here are of one line.
func hidden(values ...any) bool {
	for _, v := range values {
		found := false
		texts(reflect.ValueOf(v), func(s string) string {
			_, _, here := model.Hidden(s, false)
			found = found || here
			return s
		})
		if found {
			return true
		}
	}
	return false
}

// cleanTexts cleans every text of what v points to, keeping line ends.
func cleanTexts(v any) {
	texts(reflect.ValueOf(v).Elem(), func(s string) string { return model.Clean(s, true) })
}

// texts gives every text of a value to change, and puts what comes back in its place
// where that can be: not within a map.
func texts(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := change(v.String()); v.CanSet() && s != v.String() {
			v.SetString(s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), change)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), change)
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			texts(key, change)
			texts(value, change)
		}
	}
}
