package count

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/google/uuid"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// who says of one organisation and period which records counted in each figure. It is
// kept with a month's close (table month_who), so that who came and who went can be named
// when the records have gone on.
type who struct {
	records []whoRecord
	at      map[string]map[string]int // where each record stands, by kind and id
	figures map[FigurePart]*whoList
	last    int // the place given last
}

// recordKey names a record by kind and id.
type recordKey struct{ kind, id string }

// whoRecord is a record, of persons with their name: their rows may be gone one day.
type whoRecord struct {
	recordKey
	label string
}

// whoCounts says how much a record, by its place, adds to a figure.
type whoCounts struct {
	record int
	n      int64
}

// whoList are the records that count in a figure: there may be a hundred thousand in each.
type whoList struct {
	places []uint32
	adds   []int64 // nil where each adds 1
}

func (l *whoList) add(place int, n int64) {
	if n != 1 {
		l.each()
	}
	l.places = append(l.places, uint32(place))
	if l.adds != nil {
		l.adds = append(l.adds, n)
	}
}

// all gives them in their order; nil has none.
func (l *whoList) all() iter.Seq[whoCounts] {
	return func(yield func(whoCounts) bool) {
		for i := range l.len() {
			c := whoCounts{int(l.places[i]), 1}
			if l.adds != nil {
				c.n = l.adds[i]
			}
			if !yield(c) {
				return
			}
		}
	}
}

func (l *whoList) len() int {
	if l == nil {
		return 0
	}
	return len(l.places)
}

// each says of each one how much it adds.
func (l *whoList) each() {
	if l.adds == nil {
		l.adds = slices.Repeat([]int64{1}, len(l.places))
	}
}

// sort puts them in the order of their places.
func (l *whoList) sort() {
	if l.adds == nil {
		slices.Sort(l.places)
		return
	}
	sorted := slices.SortedFunc(l.all(), func(a, b whoCounts) int { return a.record - b.record })
	for i, c := range sorted {
		l.places[i], l.adds[i] = uint32(c.record), c.n
	}
}

func newWho() *who {
	return &who{at: map[string]map[string]int{}, figures: map[FigurePart]*whoList{}}
}

// list gives those of a figure, to add to.
func (w *who) list(f FigurePart) *whoList {
	l := w.figures[f]
	if l == nil {
		l = &whoList{}
		w.figures[f] = l
	}
	return l
}

// put adds a record to a figure. Each comes once.
func (w *who) put(f FigurePart, kind string, id []byte, n int64) {
	w.list(f).add(w.place(kind, id), n)
}

// place gives where a record stands, at the end where it is new.
func (w *who) place(kind string, id []byte) int {
	of := w.at[kind]
	if of == nil {
		of = map[string]int{}
		w.at[kind] = of
	}
	if w.last++; w.last < len(w.records) && w.records[w.last].kind == kind && w.records[w.last].id == string(id) {
		return w.last // as it was in the statement before
	}
	i, seen := of[string(id)]
	w.last = i
	if !seen {
		i = len(w.records)
		w.last = i
		r := whoRecord{recordKey: recordKey{kind, string(id)}}
		of[r.id] = i
		w.records = append(w.records, r)
	}
	return i
}

// merge makes one of what stands several times in the figures of an indicator: what
// counts heads counts each record once.
func (w *who) merge(i *Indicator) {
	for f, l := range w.figures {
		if f.Indicator != i.Code {
			continue
		}
		l.sort()
		kept := &whoList{places: make([]uint32, 0, l.len())}
		for c := range l.all() {
			last := kept.len() - 1
			switch {
			case last < 0 || kept.places[last] != uint32(c.record):
				kept.add(c.record, c.n)
			case i.Figure(f.Figure).Count != Heads:
				kept.each()
				kept.adds[last] += c.n
			}
		}
		w.figures[f] = kept
	}
}

// The content of month_who: flate over
//
//	version 1; number of kinds, each a text; number of records, each the number of its
//	kind, 1 and the 16 bytes of its id or 0 and the id as a text, and its label as a text;
//	number of figures, each indicator, figure and part as texts and the number of its
//	records, each the distance of its place from that of the one before and how much it adds
//
// Numbers are varints, those of the last kind with a sign; a text is its length and its
// bytes. The same lists are the same bytes.
const whoVersion = 1

func (w *who) encode() ([]byte, error) {
	order := w.sort()
	var kinds []string
	for _, at := range order {
		if kind := w.records[at].kind; !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	text := []byte{whoVersion}
	put := func(n int) {
		if len(text) >= 32<<10 && err == nil {
			_, err = z.Write(text)
			text = text[:0]
		}
		text = binary.AppendUvarint(text, uint64(n))
	}
	puts := func(s string) { put(len(s)); text = append(text, s...) }
	put(len(kinds))
	for _, k := range kinds {
		puts(k)
	}
	put(len(order))
	for _, at := range order {
		r := &w.records[at]
		put(slices.Index(kinds, r.kind))
		if id, err := uuid.Parse(r.id); err == nil && id.String() == r.id {
			text = append(append(text, 1), id[:]...)
		} else {
			text = append(text, 0)
			puts(r.id)
		}
		puts(r.label)
	}
	names := w.names()
	put(len(names))
	for _, f := range names {
		puts(f.Indicator)
		puts(f.Figure)
		puts(f.Part)
		put(w.figures[f].len())
		last := 0
		for c := range w.figures[f].all() {
			put(c.record - last)
			text = binary.AppendVarint(text, c.n)
			last = c.record
		}
	}
	if err == nil {
		_, err = z.Write(text)
	}
	err = errors.Join(err, z.Close())
	return out.Bytes(), err
}

func (w *who) names() []FigurePart {
	var names []FigurePart
	for f := range w.figures {
		names = append(names, f)
	}
	model.Sort(names, func(a, b FigurePart) int {
		return strings.Compare(a.Indicator+"\x00"+a.Figure+"\x00"+a.Part, b.Indicator+"\x00"+b.Figure+"\x00"+b.Part)
	})
	return names
}

// sort gives the places of the records in the order of kind and id, and lets those of each
// figure stand in that order and by it. Nothing is put behind it.
func (w *who) sort() (order []uint32) {
	w.at = nil
	order, place := make([]uint32, len(w.records)), make([]uint32, len(w.records))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		x, y := &w.records[a], &w.records[b]
		if x.kind != y.kind {
			return strings.Compare(x.kind, y.kind)
		}
		return strings.Compare(x.id, y.id)
	})
	for to, from := range order {
		place[from] = uint32(to)
	}
	for _, l := range w.figures {
		for i, from := range l.places {
			l.places[i] = place[from]
		}
		l.sort()
	}
	return order
}

// whoReader reads what encode wrote; the first fault stays.
type whoReader struct {
	r   *bytes.Reader
	err error
}

func (d *whoReader) number() int {
	n, err := binary.ReadUvarint(d.r)
	if err == nil && n > uint64(d.r.Size()) {
		err = fmt.Errorf("number %d of %d bytes", n, d.r.Size())
	}
	if d.err == nil {
		d.err = err
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

func (d *whoReader) bytes(n int) []byte {
	b := make([]byte, min(n, d.r.Len()))
	_, err := io.ReadFull(d.r, b)
	if len(b) < n {
		err = io.ErrUnexpectedEOF
	}
	if d.err == nil {
		d.err = err
	}
	return b
}

func (d *whoReader) text() string { return string(d.bytes(d.number())) }

// decodeWho reads a content of month_who; of the figures only those that are wanted, all
// with nil.
func decodeWho(content []byte, wanted map[FigurePart]bool) (*who, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(content)), 64<<20))
	if err != nil {
		return nil, fmt.Errorf("who counted: %w", err)
	}
	d := &whoReader{r: bytes.NewReader(plain)}
	if version := d.number(); d.err == nil && version != whoVersion {
		return nil, model.Errorf("E-SEAL-FORMAT", "封账的名单是更新的程序写的,本程序读不了;请更新程序")
	}
	kinds := make([]string, d.number())
	for i := range kinds {
		kinds[i] = d.text()
	}
	w := newWho()
	for range d.number() {
		var r whoRecord
		if k := d.number(); k < len(kinds) {
			r.kind = kinds[k]
		}
		if d.number() == 1 {
			var id uuid.UUID
			copy(id[:], d.bytes(len(id)))
			r.id = id.String()
		} else {
			r.id = d.text()
		}
		r.label = d.text()
		if d.err != nil {
			break
		}
		w.records = append(w.records, r)
	}
	for range d.number() {
		f := FigurePart{d.text(), d.text(), d.text()}
		n, place := d.number(), 0
		all := &whoList{}
		for range n {
			place += d.number()
			by, err := binary.ReadVarint(d.r)
			if d.err == nil {
				d.err = err
			}
			if d.err != nil || place >= len(w.records) {
				return nil, fmt.Errorf("who counted in %s.%s: %w", f.Indicator, f.Figure, orBeyond(d.err))
			}
			all.add(place, by)
		}
		if wanted == nil || wanted[f] {
			w.figures[f] = all
		}
	}
	if d.err != nil {
		return nil, fmt.Errorf("who counted: %w", d.err)
	}
	return w, nil
}

func orBeyond(err error) error {
	if err == nil {
		return errors.New("a place beyond the records")
	}
	return err
}

// putWho keeps who counted in a month of an organisation, as encode gave it.
func putWho(ctx context.Context, t *store.Tx, month model.Month, org string, content []byte) error {
	err := t.Exec(ctx, "INSERT OR REPLACE INTO month_who (month, org_id, at, content) VALUES (?, ?, ?, ?)", string(month), org, t.Stamp(), content)
	if err != nil {
		return fmt.Errorf("who counted in %s: %w", month, err)
	}
	return nil
}

// readWho reads what is kept of a month and an organisation; nil where nothing is.
func readWho(ctx context.Context, q raw.Querier, month model.Month, org string, wanted map[FigurePart]bool) (*who, error) {
	rows, err := q.Query(ctx, "SELECT content FROM month_who WHERE month = ? AND org_id = ?", string(month), org)
	if err != nil {
		return nil, fmt.Errorf("who counted in %s: %w", month, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	var content []byte
	if err := rows.Scan(&content); err != nil {
		return nil, fmt.Errorf("who counted in %s: %w", month, err)
	}
	return decodeWho(content, wanted)
}
