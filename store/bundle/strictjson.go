package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"taizhang/model"
)

// maxDepth bounds how deep JSON may be nested; datapackage.json needs 8.
const maxDepth = 16

// decodeStrict reads one JSON value into v, a pointer to a struct. encoding/json
// takes the last of two equal keys and any case of a key, so two readers could see
// two different packages behind one signature: here a key occurs once and is
// written as declared, and nothing undeclared stands beside.
func decodeStrict(data []byte, v any) error { return decode(data, v, false) }

// decodeLenient is decodeStrict, but passes over members that this program does
// not know: a county with a newer program still speaks to older villages.
func decodeLenient(data []byte, v any) error { return decode(data, v, true) }

func decode(data []byte, v any, unknown bool) error {
	if !utf8.Valid(data) {
		return errUTF8
	}
	c := checker{d: json.NewDecoder(bytes.NewReader(data)), unknown: unknown}
	c.d.UseNumber()
	if err := c.value(reflect.TypeOf(v), 0); err != nil {
		return err
	}
	if _, err := c.d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the JSON value")
	}
	return json.Unmarshal(data, v)
}

// checker walks over JSON and compares its keys with the type that it is to be
// read into. The type nil takes anything.
type checker struct {
	d       *json.Decoder
	unknown bool // pass over unknown members
}

func (c checker) value(t reflect.Type, depth int) error {
	if t == schemaType && !c.unknown {
		return c.schema(depth)
	}
	token, err := c.d.Token()
	if err != nil {
		return err
	}
	if depth > maxDepth {
		return fmt.Errorf("nested deeper than %d", maxDepth)
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case token == json.Delim('{'):
		return c.object(t, depth)
	case token == json.Delim('['):
		return c.list(t, depth)
	case token == nil && t != nil:
		return errors.New("null, which is never written")
	}
	return nil
}

func (c checker) list(t reflect.Type, depth int) error {
	if t != nil && t.Kind() != reflect.Slice {
		return errors.New("a list where none belongs")
	}
	if t != nil {
		t = t.Elem()
	}
	for c.d.More() {
		if err := c.value(t, depth+1); err != nil {
			return err
		}
	}
	_, err := c.d.Token()
	return err
}

func (c checker) object(t reflect.Type, depth int) error {
	if t != nil && t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		return errors.New("an object where none belongs")
	}
	seen := map[string]bool{}
	for c.d.More() {
		token, err := c.d.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return fmt.Errorf("a key that is no text: %v", token)
		}
		if seen[key] {
			return fmt.Errorf("the key %q twice", key)
		}
		seen[key] = true
		inner, err := c.member(t, key)
		if err != nil {
			return err
		}
		if err := c.value(inner, depth+1); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	if _, err := c.d.Token(); err != nil {
		return err
	}
	return checkMissing(t, seen)
}

// member gives the type of a struct's or map's member. encoding/json would take a
// key of another case for the declared one, so that is refused in any case.
func (c checker) member(t reflect.Type, key string) (reflect.Type, error) {
	switch {
	case t == nil:
		return nil, nil
	case t.Kind() == reflect.Map:
		return t.Elem(), nil
	}
	all := membersOf(t)
	for _, m := range all {
		if m.name == key {
			return m.of, nil
		}
	}
	for _, m := range all {
		if strings.EqualFold(m.name, key) {
			return nil, fmt.Errorf("the key %q instead of %q", key, m.name)
		}
	}
	if c.unknown {
		return nil, nil
	}
	return nil, fmt.Errorf("the unknown key %q", key)
}

// checkMissing asks for every member that is always written.
func checkMissing(t reflect.Type, seen map[string]bool) error {
	if t == nil || t.Kind() == reflect.Map {
		return nil
	}
	for _, m := range membersOf(t) {
		if !m.optional && !seen[m.name] {
			return fmt.Errorf("no %q", m.name)
		}
	}
	return nil
}

// member is a struct's member as JSON has it.
type member struct {
	name     string
	optional bool
	of       reflect.Type
}

var members sync.Map // of each struct type its []member

func membersOf(t reflect.Type) []member {
	if known, ok := members.Load(t); ok {
		if all, ok := known.([]member); ok {
			return all
		}
	}
	all := make([]member, t.NumField())
	for i := range all {
		parts := strings.Split(t.Field(i).Tag.Get("json"), ",")
		all[i] = member{parts[0], slices.Contains(parts[1:], "omitempty") || slices.Contains(parts[1:], "omitzero"), t.Field(i).Type}
	}
	members.Store(t, all)
	return all
}

// peek reads what a datapackage.json says of itself loosely, so that a bundle of a
// newer program is told from a broken one, and can be answered.
func peek(data []byte) Meta {
	var p struct {
		Taizhang struct {
			Format       int
			Schema       int
			Organization Organization
			PublicKey    string `json:"public_key"`
			Month        model.Month
			Sequence     int64
		}
	}
	var kind *json.UnmarshalTypeError // of a member that has changed; the others are read
	if err := json.Unmarshal(data, &p); err != nil && !errors.As(err, &kind) {
		return Meta{}
	}
	t := p.Taizhang
	return Meta{Format: t.Format, Schema: t.Schema, Organization: t.Organization, PublicKey: t.PublicKey, Month: t.Month, Sequence: t.Sequence}
}
