<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>lot</source>
        <translation>lote</translation>
    </message>
    <message>
        <source>use</source>
        <translation>uso</translation>
    </message>
    <message>
        <source>day</source>
        <translation>fecha</translation>
    </message>
    <message>
        <source>In English: {}</source>
        <translation>En inglés: {}</translation>
    </message>
    <message>
        <source>{} takes the id of a lot and, if you like, a day.</source>
        <translation>{} recibe el código de un lote y, si se desea, una fecha.</translation>
    </message>
    <message>
        <source>{}: the project has no layer of the table «{}». Open the project with Ilo GIS.</source>
        <translation>{}: el proyecto no tiene la capa «{}». Abra el proyecto con Ilo GIS.</translation>
    </message>
    <message>
        <source>«{}» is no day; write it as '1996-04-30'.</source>
        <translation>«{}» no es una fecha; escríbala como '1996-04-30'.</translation>
    </message>
    <message>
        <source>QGIS is busy. Refresh the map.</source>
        <translation>QGIS está ocupado. Actualice el mapa.</translation>
    </message>
    <message>
        <source>The layer «{}» is there several times. Ask from a layer of one alternative.</source>
        <translation>La capa «{}» está varias veces. Use la función desde una capa de una sola alternativa.</translation>
    </message>
    <message>
        <source>Front of the lot on streets, in metres, measured on its present boundary.</source>
        <translation>Frente del lote a vías, en metros, medido sobre su lindero actual.</translation>
    </message>
    <message>
        <source>Code of the zone, in force on the day, that has most of the lot.</source>
        <translation>Código de la zona, vigente en la fecha, que ocupa la mayor parte del lote.</translation>
    </message>
    <message>
        <source>Whether the lot keeps the rules that the plan was laid out with: area, front, shape, access.</source>
        <translation>Si el lote cumple las reglas con que se hizo la lotización: área, frente, forma y acceso.</translation>
    </message>
    <message>
        <source>What keeps the lot from being legal; an empty text if nothing does.</source>
        <translation>Qué impide que el lote sea conforme; texto vacío si nada lo impide.</translation>
    </message>
    <message>
        <source>Stage of the lot on the day, from free to titled.</source>
        <translation>Etapa del lote en la fecha, de libre a titulado.</translation>
    </message>
    <message>
        <source>Services and works of the lot that are done on the day.</source>
        <translation>Servicios y obras del lote terminados en la fecha.</translation>
    </message>
    <message>
        <source>What the lot lacks on the day for its next stage; an empty text if nothing.</source>
        <translation>Qué le falta al lote en la fecha para pasar a la etapa siguiente; texto vacío si no le falta nada.</translation>
    </message>
    <message>
        <source>Share of the land, in %, reserved for a use: recreation, education, other.</source>
        <translation>Porcentaje del terreno reservado para un uso (aporte): recreación, educación, otros.</translation>
    </message>
    <message>
        <source>Share of the land, in %, that the norms ask to reserve for a use.</source>
        <translation>Porcentaje del terreno que las normas exigen como aporte para un uso.</translation>
    </message>
</context>
</TS>
