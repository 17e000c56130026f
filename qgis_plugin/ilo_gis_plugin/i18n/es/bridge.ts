<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>{} geometries of «{}» are curved (features {}). Run «Segmentize by maximum distance» of the Processing toolbox and take its result.</source>
        <translation>{} geometrías de «{}» tienen curvas (objetos {}). Ejecute «Segmentar por distancia máxima» de la caja de herramientas de Procesos y use su resultado.</translation>
    </message>
    <message>
        <source>{} geometries of «{}» are broken (features {}). Delete them, or draw them again.</source>
        <translation>{} geometrías de «{}» están dañadas (objetos {}). Bórrelas o dibújelas de nuevo.</translation>
    </message>
    <message>
        <source>«{}» shows several alternatives ({}). Filter the layer so that it shows one.</source>
        <translation>«{}» muestra varias alternativas ({}). Filtre la capa para que muestre una sola.</translation>
    </message>
    <message>
        <source>«{}» has no column «{}»; it has: {}.</source>
        <translation>«{}» no tiene la columna «{}»; tiene: {}.</translation>
    </message>
    <message>
        <source>QGIS could not write the rows: {}</source>
        <translation>QGIS no pudo escribir las filas: {}</translation>
    </message>
    <message>
        <source>Geometries of several kinds ({}) do not go into one layer.</source>
        <translation>Geometrías de varias clases ({}) no caben en una sola capa.</translation>
    </message>
</context>
</TS>
