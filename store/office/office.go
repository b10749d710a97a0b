// Package office keeps, in the ledger of a city or a province, the sums that the offices
// below it have sent: of each of them and each month what stands, and of earlier bundles of
// a month what the whole was. No person is in them.
package office

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
)

// The kinds of groups whose numbers are kept.
const (
	KindAll      = bundle.AllGroup    // all of a sender
	KindCounty   = bundle.CountyGroup // a county; of one that sends itself all again
	KindTownship = count.ByTownship   // a township of a county
	KindDomain   = count.ByDomain     // a domain, over all of a sender
	KindUnit     = bundle.DetailUnit  // an organisation, where the sums go down to it
)

// Numbers are of figures: by the indicator's code, the figure's key and the part, "" where
// it is not split. A number is how many rows or heads there are, or for a figure that is
// summed how much (money in fen); Figure.Count says which.
type Numbers = map[string]map[string]map[string]int64

// Figure is one number of an indicator, as the sender's program calls it.
type Figure struct {
	Indicator string `json:"indicator"` // its code: A01, …
	Key       string `json:"key"`
	Heading   string `json:"heading"` // the indicator's title
	Title     string `json:"title"`
	Unit      string `json:"unit"`            // 个, 名, 元, …
	Count     string `json:"count"`           // CountRows, CountHeads, CountSum
	Of        string `json:"of,omitempty"`    // the key of the figure of this indicator that it is a share of
	Goal      int    `json:"goal,omitempty"`  // least percentage aimed at
	Split     bool   `json:"split,omitempty"` // its numbers stand by part
}

// How a figure is counted. Rows and sums of two groups can be added up; heads are distinct
// ones in each group, so that what is added up is 各组之和.
const (
	CountRows  = "rows"
	CountHeads = count.CountsHeads
	CountSum   = count.CountsSum
)

// Sender is what an office below has said of a month, in the bundle that stands.
type Sender struct {
	Code     string
	Name     string
	Month    model.Month
	Level    string // bundle.LevelCounty, bundle.LevelCity
	Detail   string // bundle.DetailTownship, bundle.DetailUnit
	From, To model.Date
	Closed   string // when it closed the month: YYYY-MM-DDThh:mm:ssZ
	Due, In  int    // its units that had to report, and had
	Sequence int64  // of the bundle
	Hash     string // SHA-256 of the bundle's datapackage.json, hex
	At       string // when it was taken in: YYYY-MM-DDThh:mm:ssZ, given by Put
	Figures  []Figure
	// Transfers are those to and from other counties of which the sender knows its own side
	// alone.
	Transfers []count.Transfer
}

// Group is the numbers of one group of a sender.
type Group struct {
	Sender string // its code
	Kind   string
	County string // the code of the county that it is of; "" where it is of several
	// Column.Key is unique among the groups of a kind and sender: the county's code, the
	// township as CODE/NAME with the county's code, the domain, the unit's code. Of a unit
	// that is no more and had no code it is its id.
	count.Column
}

// Unit is an organisation, as it was when its county, whose code is County, closed the month.
type Unit struct {
	Sender string
	count.SealedUnit
}

// Sums are all that an office below has sent of a month.
type Sums struct {
	Sender
	Groups []Group // Group.Sender needn't be set
	Units  []Unit  // likewise; none without bundle.DetailUnit
}

// Version is what the whole of a sender was in one of its bundles of a month.
type Version struct {
	Sequence int64
	Hash     string
	At       string // when it was taken in
	Values   Numbers
}

// content is what is packed beside a sender's bundle.
type content struct {
	Figures   []Figure         `json:"figures"`
	Transfers []count.Transfer `json:"transfers"`
}

// numbers is what is packed of a group.
type numbers struct {
	Values Numbers `json:"values"`
	Apart  Numbers `json:"apart,omitempty"`
}

// The states of a group, as they stand in the table.
const (
	stateAbsent = "absent" // nobody in it can be counted
	stateLater  = "later"  // some of its records tell a later state than that of the day
)

// StateOf gives the state of a column: absent, later, or "".
func StateOf(c *count.Column) string {
	switch {
	case c.Absent:
		return stateAbsent
	case c.Later:
		return stateLater
	}
	return ""
}

func pack(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(data []byte, v any) error {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("packed sums: %w", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("packed sums: %w", err)
	}
	return json.Unmarshal(text, v)
}

// inside opens a ledger to this package.
func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }
