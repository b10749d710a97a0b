package fill

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// This file keeps XML as a tree that is written back byte for byte: what nobody touches
// stays as it was, known or not. The libraries for .docx read into the structures that
// they know and write those back, which loses the rest.

// node is an element with what stands in it, or a piece that is no element.
type node struct {
	// name is an element's name: without prefix for those of word processing (p, tc),
	// with it for others (w14:checkbox); "" for what is no element.
	name string
	open []byte // the start tag as it stands, or the piece that is no element
	end  []byte // the end tag, empty for an element that ends with its start tag
	text string // of a piece of text, entities resolved
	kids []*node
}

// deepest bounds how deep elements stand in each other.
const deepest = 400

// The names of the language of word processing, of the usual and of the strict form.
var wordSpaces = []string{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"}

var errNoWord = errors.New("not the text of a document")

// parseWord reads the text of a document; prefix is what stands before the names of its
// elements, colon included.
func parseWord(data []byte) (root *node, prefix string, err error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	root = &node{}
	stack := []*node{root}
	var names []string
	for {
		from := dec.InputOffset()
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, "", fmt.Errorf("document: %w", err)
		}
		piece := data[from:dec.InputOffset()]
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) == 1 && prefix == "" {
				prefix = wordPrefix(t)
			}
			n := &node{name: elementName(t.Name, prefix), open: piece}
			top.kids = append(top.kids, n)
			stack, names = append(stack, n), append(names, elementName(t.Name, ""))
			if len(stack) > deepest {
				return nil, "", errNoWord
			}
		case xml.EndElement:
			if len(stack) == 1 || names[len(names)-1] != elementName(t.Name, "") {
				return nil, "", errNoWord
			}
			top.end = piece
			stack, names = stack[:len(stack)-1], names[:len(names)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{open: piece, text: string(t)})
		case xml.Directive:
			return nil, "", errNoWord // no document has one, and what it declares could grow without bound
		default:
			top.kids = append(top.kids, &node{open: piece})
		}
	}
	if len(stack) != 1 || prefix == "" {
		return nil, "", errNoWord
	}
	return root, prefix, nil
}

func wordPrefix(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" && slices.Contains(wordSpaces, a.Value) {
			return a.Name.Local + ":"
		}
	}
	return ""
}

func elementName(n xml.Name, prefix string) string {
	name := n.Local
	if n.Space != "" {
		name = n.Space + ":" + name
	}
	return strings.TrimPrefix(name, prefix)
}

// write writes a tree.
func (n *node) write(b *bytes.Buffer) {
	if len(n.kids) > 0 && len(n.end) == 0 && n.name != "" { // was empty and no longer is
		tag := bytes.TrimSuffix(n.open, []byte("/>"))
		b.Write(tag)
		b.WriteByte('>')
		for _, k := range n.kids {
			k.write(b)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(tag), "<"), " ")
		b.WriteString("</" + strings.TrimSpace(name) + ">")
		return
	}
	b.Write(n.open)
	for _, k := range n.kids {
		k.write(b)
	}
	b.Write(n.end)
}

// clone copies a tree.
func (n *node) clone() *node {
	c := *n
	c.kids = make([]*node, len(n.kids))
	for i, k := range n.kids {
		c.kids[i] = k.clone()
	}
	return &c
}

// kid gives the first element of that name right below.
func (n *node) kid(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// below gives an element by the names that lead to it, nil where one is missing.
func (n *node) below(names ...string) *node {
	for _, name := range names {
		if n = n.kid(name); n == nil {
			return nil
		}
	}
	return n
}

// attr gives an attribute by its local name.
func (n *node) attr(local string) (string, bool) {
	tok, err := xml.NewDecoder(bytes.NewReader(n.open)).RawToken()
	if start, ok := tok.(xml.StartElement); ok && err == nil {
		for _, a := range start.Attr {
			if a.Name.Local == local {
				return a.Value, true
			}
		}
	}
	return "", false
}

// val gives the attribute val of an element right below, "" where there is none.
func (n *node) val(name string) string {
	k := n.kid(name)
	if k == nil {
		return ""
	}
	v, _ := k.attr("val")
	return v
}

// without takes out attributes of those local names.
func (n *node) without(locals ...string) {
	tag := string(n.open)
	for _, local := range locals {
		for {
			at := strings.Index(tag, ":"+local+`="`)
			if at < 0 {
				break
			}
			from := strings.LastIndexByte(tag[:at], ' ')
			to := strings.IndexByte(tag[at+len(local)+3:], '"')
			if from < 0 || to < 0 {
				break
			}
			tag = tag[:from] + tag[at+len(local)+3+to+1:]
		}
	}
	n.open = []byte(tag)
}

// insert puts nodes in before the one at a place.
func (n *node) insert(at int, more ...*node) { n.kids = slices.Insert(n.kids, at, more...) }

// drop takes out what cond says, right below.
func (n *node) drop(cond func(*node) bool) { n.kids = slices.DeleteFunc(n.kids, cond) }

// walk calls fn for each element of a tree, from above, and goes below where it says so.
func (n *node) walk(fn func(*node) bool) {
	for _, k := range n.kids {
		if k.name != "" && fn(k) {
			k.walk(fn)
		}
	}
}

// wrappers are what may stand around rows, cells, paragraphs and runs.
var wrappers = map[string]bool{"sdt": true, "sdtContent": true, "customXml": true, "smartTag": true, "ins": true, "moveTo": true, "hyperlink": true, "fldSimple": true}

// placed is an element with the one in which it stands.
type placed struct{ n, in *node }

// collect gives the elements of a name right below, also those in wrappers.
func (n *node) collect(name string) []placed {
	var all []placed
	for _, k := range n.kids {
		switch {
		case k.name == name:
			all = append(all, placed{k, n})
		case wrappers[k.name]:
			all = append(all, k.collect(name)...)
		}
	}
	return all
}

// element makes an element; attrs are name and value by turns, the names with prefix.
func (d *docx) element(name string, attrs ...string) *node {
	var b strings.Builder
	b.WriteString("<" + d.prefix + name)
	for i := 0; i < len(attrs); i += 2 {
		b.WriteString(" " + attrs[i] + `="` + escapeXML(attrs[i+1]) + `"`)
	}
	b.WriteString("/>")
	return &node{name: name, open: []byte(b.String())}
}

// textNode makes a piece of text.
func textNode(s string) *node { return &node{open: []byte(escapeXML(s)), text: s} }

func escapeXML(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
