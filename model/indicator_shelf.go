package model

var indicatorsShelf []*Indicator
