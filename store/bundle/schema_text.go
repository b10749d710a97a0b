package bundle

import (
	"bytes"
	"encoding/json"
	"reflect"
	"sync"
)

// A bundle describes each of its tables, and all bundles of one program in the same words:
// a county reads some fifty descriptions five hundred times. Those that were read before are
// known by their text.

const (
	knownSchemas = 256      // how many are kept
	knownLength  = 32 << 10 // the longest text that is kept, in bytes
)

// soundSchemas are the schemas that were read whole and found to be as declared, by their text.
var soundSchemas = struct {
	sync.RWMutex
	byText map[string]*Schema
}{byText: map[string]*Schema{}}

func soundSchema(text []byte) *Schema {
	soundSchemas.RLock()
	defer soundSchemas.RUnlock()
	return soundSchemas.byText[string(text)]
}

func keepSchema(text []byte, s *Schema) {
	soundSchemas.Lock()
	defer soundSchemas.Unlock()
	if len(text) <= knownLength && len(soundSchemas.byText) < knownSchemas {
		soundSchemas.byText[string(text)] = s
	}
}

var schemaType = reflect.TypeFor[Schema]()

// plainSchema is a Schema that is read member by member.
type plainSchema Schema

// UnmarshalJSON implements json.Unmarshaler. What it gives is shared and must not be
// changed.
func (s *Schema) UnmarshalJSON(text []byte) error {
	if known := soundSchema(text); known != nil {
		*s = *known
		return nil
	}
	return json.Unmarshal(text, (*plainSchema)(s))
}

// schema looks through a schema, or knows it.
func (c checker) schema(depth int) error {
	var text json.RawMessage
	if err := c.d.Decode(&text); err != nil {
		return err
	}
	if soundSchema(text) != nil {
		return nil
	}
	inner := checker{d: json.NewDecoder(bytes.NewReader(text))}
	inner.d.UseNumber()
	if err := inner.value(reflect.TypeFor[plainSchema](), depth); err != nil {
		return err
	}
	var s plainSchema
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	known := Schema(s)
	keepSchema(text, &known)
	return nil
}
