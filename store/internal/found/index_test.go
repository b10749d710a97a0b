package found

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
)

// TestPack: an id is kept in half of its bytes and comes back as it was; one of another form
// is not kept at all.
func TestPack(t *testing.T) {
	const id = "01a2249d-e380-7004-a087-88b7d9c6a58f"
	b, ok := pack(nil, id)
	if !ok || len(b) != idSize || unpack(b) != id {
		t.Errorf("%x, %v", b, ok)
	}
	for _, other := range []string{"", "1", "01A2249D-e380-7004-a087-88b7d9c6a58f", "01a2249d-e380-7004-a087-88b7d9c6a58", "01a2249d-e380-7004-a087088b7d9c6a58f", "01a2249d-e380-7004-a087-88b7d9c6a58g"} {
		if _, ok := pack(nil, other); ok {
			t.Errorf("%q is taken for an id", other)
		}
		if err := newBuilder(1).add(other, "张"); !errors.Is(err, errUnfit) {
			t.Errorf("%q: %v", other, err)
		}
	}
}

// TestSearchOrder: what fits best comes first, and within a rank the records stand in their
// order; each comes once, also where more than one of its lines fits.
func TestSearchOrder(t *testing.T) {
	texts := []string{
		model.WithMore(model.SearchName("张三"), "张三", "务农", "10012345678"),
		model.WithMore(model.SearchName("李张"), "李张", "务工"),
		model.WithMore(model.SearchName("王五"), "王五", "张家组", "务农"),
		model.WithMore(model.SearchName("张"), "张", "务农"),
	}
	b := newBuilder(len(texts))
	for i, text := range texts {
		if err := b.add(fmt.Sprintf("00000000-0000-7000-8000-%012d", i), text); err != nil {
			t.Fatal(err)
		}
	}
	x := b.index("person", []uint32{2, 0, 3, 1}) // 王五, 张三, 张, 李张
	for _, c := range []struct {
		word string
		want []int // places in the order of the index
	}{
		{"张", []int{2, 1, 3, 0}}, {"z", []int{1, 2, 3}}, {"zs", []int{1}}, {"务农", []int{0, 1, 2}}, {"345", []int{1}}, {"没有", nil}, {"ang", []int{0, 1, 2, 3}},
	} {
		var got []int
		for at, rank := range x.Search(c.word) {
			if want := model.Seek(c.word).Rank(texts[[]int{2, 0, 3, 1}[at]]); rank != want {
				t.Errorf("%s: rank %d at %d, not %d", c.word, rank, at, want)
			}
			got = append(got, at)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s finds %v, not %v", c.word, got, c.want)
		}
	}
	n, err := x.Count("务农", "odd", func(met func(string)) error { met(x.ID(1)); met(x.ID(3)); return nil })
	if n != 1 || err != nil {
		t.Errorf("%d counted, %v", n, err)
	}
	if x.Place(x.ID(2)) != 2 || x.Place("nobody") != -1 {
		t.Error("a place is not that of its id")
	}
}
